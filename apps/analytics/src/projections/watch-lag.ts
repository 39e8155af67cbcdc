import type { Bus } from '@dealwire/messaging'
import { Gauge, type Logger, type Registry } from '@dealwire/telemetry'
import type { Lag } from './figures-meta.ts'

export type LagWatch = Lag & {
  status(): { readonly waitingEvents: number | null; readonly caughtUpAt: string | null }
  stop(): Promise<void>
}

const EVERY_MS = 250
const TIMEOUT_MS = 1_000
const STREAM = 'CRM'

export type LagOptions = {
  readonly bus: Bus
  readonly consumer: string
  readonly logger: Logger
  readonly metrics: Registry
  /** Drops the figures that projected events have changed: until then the old ones may be shown. */
  readonly settle: () => Promise<void>
}

/** Asks NATS again and again how many events are published but not projected, whichever process is to project them. */
export function watchLag(options: LagOptions): LagWatch {
  const waitingGauge = new Gauge({
    name: 'analytics_waiting_events',
    help: 'Events that are published but not in the figures',
    registers: [options.metrics],
  })
  const ageGauge = new Gauge({
    name: 'analytics_figures_age_seconds',
    help: 'Time since the figures were last known to be up to date',
    registers: [options.metrics],
  })
  const startedAt = Date.now()
  let caughtUpAt: number | null = null
  let waiting: number | null = null
  let isChecking = false

  async function check(): Promise<void> {
    const askedAt = Date.now()
    isChecking = true
    try {
      waiting = await countWaiting(options.bus, options.consumer)
      if (waiting === 0) await options.settle()
    } catch (error) {
      waiting = null
      options.logger.debug({ err: error }, 'lag unknown')
    }
    if (waiting === 0) caughtUpAt = askedAt
    if (waiting !== null) waitingGauge.set(waiting)
    ageGauge.set(Math.max(0, Date.now() - (caughtUpAt ?? startedAt)) / 1_000)
    isChecking = false
  }

  let running = check()
  const timer = setInterval(() => {
    if (!isChecking) running = check()
  }, EVERY_MS)
  return {
    caughtUpAt: () => caughtUpAt,
    status: () => ({
      waitingEvents: waiting,
      caughtUpAt: caughtUpAt === null ? null : new Date(caughtUpAt).toISOString(),
    }),
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

/** Not delivered yet, or delivered and not settled; null while NATS is away. */
async function countWaiting(bus: Bus, consumer: string): Promise<number | null> {
  const connection = bus.connection()
  if (connection === undefined) return null
  const manager = await connection.jetstreamManager({ timeout: TIMEOUT_MS, checkAPI: false })
  const state = await manager.consumers.info(STREAM, consumer)
  return state.num_pending + state.num_ack_pending
}
