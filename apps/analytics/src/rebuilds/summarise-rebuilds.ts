import { type Executor, runOne, statement } from '@dealwire/db/client'

const countActive = statement(
  'count_active_rebuilds',
  `SELECT count(*) FILTER (WHERE status IN ('queued', 'running')) AS active, count(*) FILTER (WHERE status = 'failed') AS failed,
     coalesce(sum(jsonb_array_length(differences)), 0) AS differences
   FROM rebuilds WHERE created_at >= $1::timestamptz`,
)

export type RebuildSummary = { readonly active: number; readonly failed: number; readonly differences: number }

/** Of the rebuilds that were asked for since. */
export async function summariseRebuilds(executor: Executor, since: string): Promise<RebuildSummary> {
  return (await runOne<RebuildSummary>(executor, countActive, [since])) ?? { active: 0, failed: 0, differences: 0 }
}
