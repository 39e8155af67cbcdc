import { type Database, run, statement } from '@dealwire/db/client'
import type { FastifyInstance } from 'fastify'

/** Something a service works with; `check` rejects while it is away. */
export type Dependency = { readonly name: string; readonly check: () => Promise<void> }

export type HealthOptions = {
  readonly service: string
  /** Without it the service is not ready. */
  readonly database?: Database | undefined
  /** Without one of these the service is degraded: it goes on. */
  readonly optionalDependencies?: readonly Dependency[] | undefined
  /** Further figures of `/health/detailed`, such as relay lag. */
  readonly details?: (() => Record<string, unknown>) | undefined
}

type Checked = { status: 'up' | 'down'; latencyMs: number | null; required: boolean }

/** As in package.json. */
const VERSION = '0.1.0'

const CHECK_DEADLINE_MS = 1_000

const ping = statement('ping', 'SELECT 1')

async function checkOne({ name, check }: Dependency, required: boolean): Promise<readonly [name: string, Checked]> {
  const startedAt = performance.now()
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), CHECK_DEADLINE_MS)
  })
  try {
    await Promise.race([check(), deadline])
    const latencyMs = Math.round((performance.now() - startedAt) * 10) / 10
    return [name, { status: 'up', latencyMs, required }]
  } catch {
    return [name, { status: 'down', latencyMs: null, required }] // the status is the answer; the cause is in the dependency's own log
  } finally {
    clearTimeout(timer)
  }
}

function postgresOf(database: Database): Dependency {
  return { name: 'postgres', check: async () => void (await run(database, ping, [])) }
}

async function readinessOf(options: HealthOptions, isClosing: boolean) {
  const { database, optionalDependencies = [] } = options
  const needed = database === undefined ? [] : [postgresOf(database)]
  const checked = await Promise.all([
    ...needed.map((one) => checkOne(one, true)),
    ...optionalDependencies.map((one) => checkOne(one, false)),
  ])
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
      version: VERSION,
      node: process.version,
      uptimeSeconds: Math.round(process.uptime()),
      ...options.details?.(),
    })
  })
}
