import { type Executor, run, statement } from '@dealwire/db/client'

export type StuckCall = {
  readonly companyId: string
  readonly connectionId: string
  readonly id: string
  readonly callKey: string
  readonly lastEventAt: Date
}

/** Calls of which nothing has been heard for `idleHours`, the longest silent first. A call that has just been stored waits. */
export async function listStuckCalls(executor: Executor, idleHours: number, limit: number): Promise<StuckCall[]> {
  return run(executor, list, [idleHours, limit])
}

const list = statement(
  'list_stuck_calls',
  `SELECT company_id AS "companyId", connection_id AS "connectionId", id, external_id AS "callKey", last_event_at AS "lastEventAt"
   FROM calls WHERE ended_at IS NULL AND merged_into_id IS NULL AND last_event_at < now() - make_interval(hours => $1)
     AND updated_at < now() - interval '10 minutes'
   ORDER BY last_event_at LIMIT $2`,
)
