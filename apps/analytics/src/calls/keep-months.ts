import { type Database, run, statement } from '@dealwire/db/client'

const keep = statement(
  'keep_call_months',
  `SELECT maintain_partitions(parent, $1::integer, $2::integer)
   FROM unnest(ARRAY['call_facts', 'queue_visit_facts', 'agent_call_facts']) AS parent`,
)

/** Makes the partitions of the months to come and drops those past retention; what the rollups have counted of them stays. */
export async function keepMonths(database: Database, monthsAhead: number, retentionMonths: number): Promise<void> {
  await run(database, keep, [monthsAhead, retentionMonths])
}
