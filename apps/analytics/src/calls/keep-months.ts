import { type Database, run, statement } from '@dealwire/db/client'

/** In the order in which projections take them. Whoever is writing calls of these companies is waited for. */
const freeze = statement(
  'freeze_dropped_calls',
  `WITH horizon AS (
     SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => $1::integer + 1)) AT TIME ZONE 'UTC' AS at
   ), cut AS (
     SELECT z.company_id FROM rollup_zones z, horizon h
     WHERE (z.kept_from IS NULL OR z.kept_from < h.at)
       AND EXISTS (SELECT FROM call_hour_rollups r WHERE r.company_id = z.company_id AND r.day <= (h.at AT TIME ZONE z.time_zone)::date)
     ORDER BY z.company_id FOR UPDATE OF z
   )
   UPDATE rollup_zones z SET kept_from = h.at FROM cut, horizon h WHERE z.company_id = cut.company_id`,
)

const keep = statement(
  'keep_call_months',
  `SELECT maintain_partitions(parent, $1::integer, $2::integer)
   FROM unnest(ARRAY['call_facts', 'queue_visit_facts', 'agent_call_facts']) AS parent`,
)

/**
 * Makes the partitions of the months to come and drops those past retention; what the rollups have counted of them stays. First it is
 * written down from when on calls are kept, so that no late event of a dropped month is counted a second time.
 */
export async function keepMonths(database: Database, monthsAhead: number, retentionMonths: number): Promise<void> {
  await run(database, freeze, [retentionMonths])
  await run(database, keep, [monthsAhead, retentionMonths])
}
