import type { FastifyInstance } from 'fastify'

/** Something a service depends on. Without a required one it is not ready; without another it is degraded. */
export type Dependency = { readonly name: string; readonly required: boolean; readonly check: () => Promise<void> }

export type HealthOptions = {
  readonly service: string
  readonly version: string
  readonly dependencies: readonly Dependency[]
  /** Further figures of `/health/detailed`, such as relay lag. */
  readonly details?: () => Record<string, unknown>
}

type Checked = { status: 'up' | 'down'; latencyMs: number | null; required: boolean }

const CHECK_DEADLINE_MS = 1_000

async function check(dependency: Dependency): Promise<Checked> {
  const startedAt = performance.now()
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), CHECK_DEADLINE_MS)
  })
  try {
    await Promise.race([dependency.check(), deadline])
    return {
      status: 'up',
      latencyMs: Math.round((performance.now() - startedAt) * 10) / 10,
      required: dependency.required,
    }
  } catch {
    return { status: 'down', latencyMs: null, required: dependency.required } // the status is the answer; the cause is in the dependency's own log
  } finally {
    clearTimeout(timer)
  }
}

async function readinessOf(options: HealthOptions, isClosing: boolean) {
  const checked = await Promise.all(options.dependencies.map(async (one) => [one.name, await check(one)] as const))
  const down = checked.filter(([, result]) => result.status === 'down')
  const isNotReady = isClosing || down.some(([, result]) => result.required)
  const status = isNotReady ? 'not_ready' : down.length > 0 ? 'degraded' : 'ready'
  return { status, dependencies: Object.fromEntries(checked) } as const
}

/** `/health` and `/health/liveness` say that the event loop turns; `/health/readiness` whether to send traffic here. */
export function healthRoutes(app: FastifyInstance, options: HealthOptions): void {
  const up = { status: 'up', service: options.service }
  app.get('/health', async () => up)
  app.get('/health/liveness', async () => up)
  app.get('/health/readiness', async (_request, reply) => {
    const answer = await readinessOf(options, app.isClosing())
    return reply.code(answer.status === 'not_ready' ? 503 : 200).send(answer)
  })
  app.get('/health/detailed', async (_request, reply) => {
    const answer = await readinessOf(options, app.isClosing())
    return reply.code(answer.status === 'not_ready' ? 503 : 200).send({
      ...answer,
      service: options.service,
      version: options.version,
      node: process.version,
      uptimeSeconds: Math.round(process.uptime()),
      ...options.details?.(),
    })
  })
}
