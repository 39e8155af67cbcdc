import type { CallState } from '@dealwire/contracts'
import { type Executor, run, statement, type Tx } from '@dealwire/db/client'
import { CALL_ITEM, CALL_JOINS } from './calls.repository.ts'

export type UnfinalCall = { readonly companyId: string; readonly connectionId: string; readonly id: string }

/** Ended calls whose detail record has come, or of which nothing was heard for `graceSeconds`; the first to end first. */
export async function listUnfinalCalls(
  executor: Executor,
  graceSeconds: number,
  limit: number,
): Promise<UnfinalCall[]> {
  return run(executor, list, [graceSeconds, limit])
}

const IS_DUE = `c.ended_at IS NOT NULL AND c.finalized_at IS NULL AND c.merged_into_id IS NULL
     AND (c.has_final_record OR greatest(c.updated_at, c.ended_at) < now() - make_interval(secs => $1))`

const list = statement(
  'list_unfinal_calls',
  `SELECT c.company_id AS "companyId", c.connection_id AS "connectionId", c.id FROM calls c
   WHERE ${IS_DUE} ORDER BY c.ended_at LIMIT $2`,
)

export type FinalCall = {
  readonly companyId: string
  readonly id: string
  readonly version: number
  readonly call: CallState
}

/** Marks those of the calls that are still due, and answers them as their events tell them. */
export async function markFinal(tx: Tx, graceSeconds: number, calls: readonly UnfinalCall[]): Promise<FinalCall[]> {
  const rows = calls.map(({ companyId, id }) => ({ company_id: companyId, id }))
  return run(tx, mark, [graceSeconds, JSON.stringify(rows)])
}

const mark = statement(
  'mark_final_calls',
  `WITH marked AS (
     UPDATE calls c SET finalized_at = now(), version = c.version + 1, updated_at = now()
     FROM json_to_recordset($2::json) AS g(company_id uuid, id uuid)
     WHERE c.company_id = g.company_id AND c.id = g.id AND ${IS_DUE}
     RETURNING c.*
   ) SELECT c.company_id AS "companyId", c.id, c.version,
     ${CALL_ITEM}::jsonb || jsonb_build_object('queueVisits', c.queue_visits, 'agentSegments', c.agent_segments) AS call
   FROM marked c ${CALL_JOINS}`,
)
