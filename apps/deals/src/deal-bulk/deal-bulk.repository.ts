import type { Actor, Deal } from '@dealwire/contracts'
import { run, statement, type Tx } from '@dealwire/db/client'
import { DEAL_JOINS, DEAL_JSON, LOCKED_COLUMNS } from '../deals/deal-json.ts'
import { type LockedDeal, stored } from '../deals/stored-deal.ts'
import { leadScore, WEIGHTS_OF_STAGE } from '../lead-score/lead-score-sql.ts'

/** A deal under its lock, with what a bulk change needs to know: the kind of the stage it is to go to, and the rate in force. */
export type BulkDeal = LockedDeal & { readonly targetKind: Deal['stageKind'] | null; readonly rate: string | null }

export type BulkChange = Pick<Deal, 'id' | 'stage' | 'priority' | 'assignedToId' | 'lostReason' | 'tags'> & {
  readonly rate: string
}

type Asked = {
  readonly ids: readonly string[]
  readonly stage?: string | undefined
  readonly assignedToId?: string | null | undefined
}

/** Locks in the order of ids, so that two bulk changes never wait for each other in a circle. */
export async function lockDealsForChange(
  tx: Tx,
  actor: Actor,
  { ids, stage, assignedToId }: Asked,
): Promise<{ deals: ReadonlyMap<string, BulkDeal>; assigneeExists: boolean }> {
  const rows = await run<BulkDeal & { assigneeExists: boolean }>(tx, lockStatement, [
    ...[actor.companyId, ids, stage ?? null, actor.company.currency, assignedToId ?? null, actor.userId],
  ])
  return {
    deals: new Map(rows.map((row) => [row.id, row])),
    assigneeExists: rows.every((row) => row.assigneeExists),
  }
}

const lockStatement = statement(
  'lock_deals_for_change',
  `SELECT ${LOCKED_COLUMNS}, t.kind AS "targetKind",
     CASE WHEN d.currency = $4 THEN '1' ELSE (SELECT r.rate::text FROM currency_rates r
       WHERE r.company_id = $1 AND r.currency = d.currency AND r.valid_from <= current_date ORDER BY r.valid_from DESC LIMIT 1) END AS rate,
     $5::uuid IS NULL OR $5 = $6::uuid
       OR EXISTS (SELECT FROM user_refs u WHERE u.company_id = $1 AND u.id = $5 AND u.active) AS "assigneeExists"
   FROM deals d LEFT JOIN stages t ON t.company_id = d.company_id AND t.pipeline_id = d.pipeline_id AND t.key = $3
   WHERE d.company_id = $1 AND d.id = ANY($2::uuid[]) AND d.deleted_at IS NULL
   ORDER BY d.id FOR UPDATE OF d`,
)

/** Stores the changes of locked deals with what follows from them. */
export async function updateDealRows(tx: Tx, actor: Actor, changes: readonly BulkChange[]): Promise<Deal[]> {
  if (changes.length === 0) return []
  return changed(await run(tx, updateStatement, [actor.companyId, JSON.stringify(changes), actor.company.currency]))
}

const CLOSES = "s.kind NOT IN ('OPEN', d.stage_kind)"

const updateStatement = statement(
  'bulk_update_deals',
  `WITH saved AS (
     UPDATE deals d SET stage = s.key, stage_kind = s.kind, priority = c.priority, assigned_to_id = c."assignedToId", tags = c.tags,
       base_value = CASE WHEN ${CLOSES} THEN round(d.value * c.rate, 2) ELSE d.base_value END,
       base_currency = CASE WHEN ${CLOSES} THEN $3 ELSE d.base_currency END,
       lead_score = ${leadScore('d.value', 'c.priority', 'd.lead_source')},
       stage_entered_at = CASE WHEN d.stage = s.key THEN d.stage_entered_at ELSE statement_timestamp() END,
       closed_at = CASE WHEN s.kind = 'OPEN' THEN NULL WHEN s.kind = d.stage_kind THEN d.closed_at ELSE statement_timestamp() END,
       lost_reason = CASE WHEN d.stage_kind = 'LOST' AND s.kind <> 'LOST' THEN NULL ELSE c."lostReason" END,
       version = d.version + 1, updated_at = statement_timestamp()
     FROM json_to_recordset($2::json) AS c(id uuid, stage text, priority text, "assignedToId" uuid, "lostReason" text, tags text[], rate numeric),
       stages s ${WEIGHTS_OF_STAGE}
     WHERE d.company_id = $1 AND d.id = c.id AND s.company_id = $1 AND s.pipeline_id = d.pipeline_id AND s.key = c.stage
     RETURNING d.*
   )
   SELECT ${DEAL_JSON}::text AS json FROM saved d ${DEAL_JOINS}`,
)

export async function deleteDealRows(tx: Tx, companyId: string, ids: readonly string[]): Promise<Deal[]> {
  if (ids.length === 0) return []
  return changed(await run(tx, deleteStatement, [companyId, ids]))
}

const deleteStatement = statement(
  'bulk_delete_deals',
  `WITH deleted AS (
     UPDATE deals SET deleted_at = statement_timestamp(), updated_at = statement_timestamp(), version = version + 1
     WHERE company_id = $1 AND id = ANY($2::uuid[]) AND deleted_at IS NULL RETURNING *
   ) SELECT ${DEAL_JSON}::text AS json FROM deleted d ${DEAL_JOINS}`,
)

function changed(rows: { json: string }[]): Deal[] {
  return rows.flatMap((row) => stored(row)?.deal ?? [])
}
