import { type Database, runOne, statement } from '@dealwire/db/client'
import type { MessagingMetrics } from './metrics.ts'
import { pause } from './pause.ts'

/** What is logged but not published; nulls until first measured, or while the database is away. */
export type RelayLag = { readonly lagEvents: number | null; readonly lagSeconds: number | null }

const EVERY_MS = 5_000
const UNKNOWN: RelayLag = { lagEvents: null, lagSeconds: null }

/** Measures in every process, active or not, and also while NATS is away: that is when the figure matters. */
export function watchRelayLag(database: Database, source: string, figures: MessagingMetrics, signal: AbortSignal) {
  let latest = UNKNOWN
  async function measureForEver(): Promise<void> {
    while (!signal.aborted) {
      try {
        latest = (await runOne<RelayLag>(database, measure, [source])) ?? UNKNOWN
        figures.relayLagEvents.set(latest.lagEvents ?? 0)
        figures.relayLagSeconds.set(latest.lagSeconds ?? 0)
      } catch {
        latest = UNKNOWN // the relay's own loop logs that the database is away
      }
      await pause(EVERY_MS, signal)
    }
  }
  return { latest: () => latest, stopped: measureForEver() }
}

const measure = statement(
  'measure_relay_lag',
  `SELECT count(*)::int AS "lagEvents", coalesce(extract(epoch FROM now() - min(occurred_at)), 0)::float8 AS "lagSeconds"
   FROM (
     SELECT e.occurred_at FROM event_log e
     WHERE (e.tx_id, e.seq) > (coalesce((SELECT tx_id FROM relay_cursor WHERE name = $1), '0'::xid8),
                               coalesce((SELECT seq FROM relay_cursor WHERE name = $1), 0))
     ORDER BY e.tx_id, e.seq LIMIT 10000
   ) waiting`,
)
