import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'

/** Requests at a fixed rate, whether earlier ones have been answered or not: a queue that forms shows in the figures. */
export type OpenLoopOrder = {
  readonly targets: readonly OpenLoopTarget[]
  readonly seconds: number
  readonly warmUpSeconds: number
}

export type OpenLoopTarget = {
  readonly name: string
  readonly url: string
  readonly path: string
  readonly authorization: string
  readonly perSecond: number
}

export type OpenLoopResult = {
  readonly name: string
  readonly sent: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly errors: number
  /** How much later than due requests were sent: large when it is the generator that has no time. */
  readonly latenessP99: number
}

const CONNECTIONS = 256
const MAX_UNANSWERED = 20_000
const TICK_MS = 1

/** Sends what is due, again and again; counts only what is sent after the warm-up. */
async function drive(target: OpenLoopTarget, order: OpenLoopOrder): Promise<OpenLoopResult> {
  const pool = new Pool(target.url, { connections: CONNECTIONS, pipelining: 1 })
  const times: number[] = []
  const lateness: number[] = []
  let errors = 0
  let unanswered = 0

  async function sendOne(isCounted: boolean): Promise<void> {
    unanswered++
    const startedAt = performance.now()
    try {
      const headers = { authorization: target.authorization }
      const { statusCode, body } = await pool.request({ method: 'GET', path: target.path, headers })
      await body.dump()
      if (isCounted) times.push(performance.now() - startedAt)
      if (statusCode >= 400) errors++
    } catch {
      errors++ // the figures say how many; why is for another tool
    } finally {
      unanswered--
    }
  }

  const startedAt = performance.now()
  const endsAt = startedAt + (order.warmUpSeconds + order.seconds) * 1000
  const countedFrom = startedAt + order.warmUpSeconds * 1000
  const everyMs = 1000 / target.perSecond
  for (let dueAt = startedAt; dueAt < endsAt; ) {
    const now = performance.now()
    for (; dueAt <= now; dueAt += everyMs) {
      if (unanswered >= MAX_UNANSWERED) throw new Error(`${target.name} does not keep up with ${target.perSecond}/s`)
      if (dueAt >= countedFrom) lateness.push(now - dueAt)
      void sendOne(dueAt >= countedFrom)
    }
    await sleep(TICK_MS)
  }
  await pool.close()
  const [p50 = 0, p95 = 0, p99 = 0] = percentiles(times, [0.5, 0.95, 0.99])
  const [latenessP99 = 0] = percentiles(lateness, [0.99])
  return { name: target.name, sent: times.length, p50, p95, p99, errors, latenessP99 }
}

function percentiles(values: readonly number[], shares: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort()
  return shares.map((share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}

const order = (await json(process.stdin)) as OpenLoopOrder
const results = await Promise.all(order.targets.map((target) => drive(target, order)))
process.stdout.write(JSON.stringify(results))
