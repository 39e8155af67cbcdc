import { type Executor, run, statement } from '@dealwire/db/client'

export type StuckCall = {
  readonly companyId: string
  readonly connectionId: string
  readonly id: string
  /** Each identity under which events came: each has to end for the call to end. */
  readonly callKeys: readonly string[]
  readonly lastEventAt: Date
}

/** Calls of which nothing has been heard for `idleHours`, the longest silent first. A call that has just been stored waits. */
export async function listStuckCalls(executor: Executor, idleHours: number, limit: number): Promise<StuckCall[]> {
  return run(executor, list, [idleHours, limit])
}

const list = statement(
  'list_stuck_calls',
  `SELECT c.company_id AS "companyId", c.connection_id AS "connectionId", c.id, c.last_event_at AS "lastEventAt",
     ARRAY(SELECT DISTINCT e.call_key FROM call_keys k JOIN call_events e ON e.company_id = k.company_id
       AND e.connection_id = k.connection_id AND e.call_key = k.call_key AND e.received_at >= k.first_received_at - interval '1 day'
         AND NOT e.event ? 'isVoid'
       WHERE k.company_id = c.company_id AND k.call_id = c.id ORDER BY 1) AS "callKeys"
   FROM calls c WHERE c.ended_at IS NULL AND c.merged_into_id IS NULL AND c.last_event_at < now() - make_interval(hours => $1)
     AND c.updated_at < now() - interval '10 minutes'
   ORDER BY c.last_event_at LIMIT $2`,
)
