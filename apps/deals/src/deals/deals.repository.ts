import type { Actor, Deal } from '@dealwire/contracts'
import { type Executor, runOne, statement, type Tx } from '@dealwire/db/client'
import type { DealFields, DealRefusal } from './deal.ts'
import { DEAL_JOINS, DEAL_JSON } from './deal-json.ts'

/** A deal as finished JSON, and as the value it was made from. */
export type StoredDeal = { readonly json: string; readonly version: number; readonly deal: Deal }

export type LockedDeal = Omit<DealFields, 'pipelineId' | 'stage'> &
  Pick<
    Deal,
    | 'id'
    | 'pipelineId'
    | 'stage'
    | 'stageKind'
    | 'baseValue'
    | 'baseCurrency'
    | 'approvalStatus'
    | 'createdById'
    | 'version'
  >

type Answer = { refusal: DealRefusal | null; json: string | null }

export async function findDeal(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<{ json: string; version: number } | undefined> {
  return runOne(executor, findStatement, [companyId, id])
}

const findStatement = statement(
  'find_deal',
  `SELECT ${DEAL_JSON}::text AS json, d.version FROM deals d ${DEAL_JOINS} WHERE d.company_id = $1 AND d.id = $2 AND d.deleted_at IS NULL`,
)

/** Locks the row until the transaction ends, so that a change is made to what is stored now. */
export async function lockDeal(tx: Tx, companyId: string, id: string): Promise<LockedDeal | undefined> {
  return runOne<LockedDeal>(tx, lockStatement, [companyId, id])
}

const lockStatement = statement(
  'lock_deal',
  `SELECT id, title, value::text, currency, base_value::text AS "baseValue", base_currency AS "baseCurrency", pipeline_id AS "pipelineId", stage,
     stage_kind AS "stageKind", priority, lead_source AS "leadSource", probability, expected_close_date AS "expectedCloseDate", notes,
     contact_id AS "contactId", customer_id AS "customerId", assigned_to_id AS "assignedToId", lost_reason AS "lostReason", tags,
     approval_status AS "approvalStatus", created_by_id AS "createdById", version
   FROM deals WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE`,
)

/**
 * The fields as a row, and what must hold for them: `placed` is the stage they lead to, `rated` the rate to the company's currency,
 * `refusal` the first thing that is missing. The check* fields are the references that are new; the actor is always a known user.
 */
const DECISION = `input AS (
  SELECT * FROM json_to_record($2::json) AS i(id uuid, title text, value numeric, currency text, "pipelineId" uuid, stage text, priority text,
    "leadSource" text, probability smallint, "expectedCloseDate" date, notes text, "contactId" uuid, "customerId" uuid, "assignedToId" uuid,
    "lostReason" text, tags text[], "baseCurrency" text, "actorId" uuid, "checkContact" uuid, "checkCustomer" uuid, "checkAssignee" uuid,
    "kindBefore" text, reprice boolean)
), placed AS (
  SELECT s.pipeline_id, s.key, s.kind, s.probability FROM input i
  JOIN pipelines p ON p.company_id = $1 AND p.deleted_at IS NULL AND CASE WHEN i."pipelineId" IS NULL THEN p.is_default ELSE p.id = i."pipelineId" END
  JOIN stages s ON s.company_id = $1 AND s.pipeline_id = p.id AND CASE WHEN i.stage IS NULL THEN s.kind = 'OPEN' ELSE s.key = i.stage END
  ORDER BY s.position LIMIT 1
), rated AS (
  SELECT CASE WHEN i.currency = i."baseCurrency" THEN 1 ELSE (
    SELECT r.rate FROM currency_rates r WHERE r.company_id = $1 AND r.currency = i.currency AND r.valid_from <= current_date
    ORDER BY r.valid_from DESC LIMIT 1) END AS rate FROM input i
), refusal AS (
  SELECT CASE
    WHEN p.key IS NULL AND i."pipelineId" IS NULL AND i.stage IS NULL THEN 'pipeline'
    WHEN p.key IS NULL AND NOT EXISTS (SELECT FROM pipelines WHERE company_id = $1 AND deleted_at IS NULL
      AND CASE WHEN i."pipelineId" IS NULL THEN is_default ELSE id = i."pipelineId" END) THEN 'pipeline'
    WHEN p.key IS NULL THEN 'stage'
    WHEN i."checkContact" IS NOT NULL AND NOT EXISTS (
      SELECT FROM contacts WHERE company_id = $1 AND id = i."checkContact" AND deleted_at IS NULL) THEN 'contact'
    WHEN i."checkCustomer" IS NOT NULL AND NOT EXISTS (
      SELECT FROM customers WHERE company_id = $1 AND id = i."checkCustomer" AND deleted_at IS NULL) THEN 'customer'
    WHEN i."checkAssignee" <> i."actorId" AND NOT EXISTS (
      SELECT FROM user_refs WHERE company_id = $1 AND id = i."checkAssignee" AND active) THEN 'assignee'
    WHEN p.kind = 'LOST' AND i."lostReason" IS NULL THEN 'lost_reason'
    WHEN r.rate IS NULL AND (i.reprice OR p.kind NOT IN ('OPEN', i."kindBefore")) THEN 'rate'
  END AS code
  FROM input i CROSS JOIN rated r LEFT JOIN placed p ON true
)`

/** Stores a new deal in the stage its fields lead to, in one statement, or says why not. */
export async function insertDeal(
  tx: Tx,
  actor: Actor,
  id: string,
  fields: DealFields,
): Promise<StoredDeal | DealRefusal> {
  const input = {
    ...decisionInput(actor, fields),
    id,
    checkContact: fields.contactId,
    checkCustomer: fields.customerId,
    checkAssignee: fields.assignedToId,
    kindBefore: 'OPEN',
    reprice: true,
  }
  return outcome(await runOne<Answer>(tx, insertStatement, [actor.companyId, JSON.stringify(input)]))
}

const insertStatement = statement(
  'insert_deal',
  `WITH ${DECISION}, made AS (
     INSERT INTO deals (company_id, id, title, value, currency, base_value, base_currency, pipeline_id, stage, stage_kind, priority, lead_source,
       lead_score, probability, expected_close_date, notes, contact_id, customer_id, assigned_to_id, tags, stage_entered_at, closed_at, lost_reason,
       created_by_id)
     SELECT $1, i.id, i.title, i.value, i.currency, round(i.value * r.rate, 2), i."baseCurrency", p.pipeline_id, p.key, p.kind, i.priority,
       i."leadSource", lead_score(i.value, p.probability, i.priority, i."leadSource"), i.probability, i."expectedCloseDate", i.notes, i."contactId",
       i."customerId", i."assignedToId", i.tags, now(), CASE WHEN p.kind <> 'OPEN' THEN now() END, i."lostReason", i."actorId"
     FROM input i, placed p, rated r, refusal f WHERE f.code IS NULL
     RETURNING *
   )
   SELECT f.code AS refusal, (SELECT ${DEAL_JSON}::text FROM made d ${DEAL_JOINS}) AS json FROM refusal f`,
)

/** Stores the fields of a locked deal with what follows from them (score, close date, history), or says why not. */
export async function updateDealRow(
  tx: Tx,
  actor: Actor,
  before: LockedDeal,
  fields: DealFields,
): Promise<StoredDeal | DealRefusal> {
  const input = {
    ...decisionInput(actor, fields),
    id: before.id,
    checkContact: fields.contactId === before.contactId ? null : fields.contactId,
    checkCustomer: fields.customerId === before.customerId ? null : fields.customerId,
    checkAssignee: fields.assignedToId === before.assignedToId ? null : fields.assignedToId,
    kindBefore: before.stageKind,
    reprice: fields.value !== before.value || fields.currency !== before.currency,
  }
  return outcome(await runOne<Answer>(tx, updateStatement, [actor.companyId, JSON.stringify(input)]))
}

/** `old` is the row as the lock found it: a statement does not see what its own CTEs change. */
const updateStatement = statement(
  'update_deal',
  `WITH ${DECISION}, saved AS (
     UPDATE deals d SET title = i.title, value = i.value, currency = i.currency,
       base_value = CASE WHEN i.reprice OR p.kind NOT IN ('OPEN', d.stage_kind) THEN round(i.value * r.rate, 2) ELSE d.base_value END,
       base_currency = CASE WHEN i.reprice OR p.kind NOT IN ('OPEN', d.stage_kind) THEN i."baseCurrency" ELSE d.base_currency END,
       pipeline_id = p.pipeline_id, stage = p.key, stage_kind = p.kind, priority = i.priority, lead_source = i."leadSource",
       lead_score = lead_score(i.value, p.probability, i.priority, i."leadSource"), probability = i.probability,
       expected_close_date = i."expectedCloseDate", notes = i.notes, contact_id = i."contactId", customer_id = i."customerId",
       assigned_to_id = i."assignedToId", tags = i.tags,
       stage_entered_at = CASE WHEN (d.pipeline_id, d.stage) = (p.pipeline_id, p.key) THEN d.stage_entered_at ELSE statement_timestamp() END,
       closed_at = CASE WHEN p.kind = 'OPEN' THEN NULL WHEN p.kind = d.stage_kind THEN d.closed_at ELSE statement_timestamp() END,
       lost_reason = CASE WHEN d.stage_kind = 'LOST' AND p.kind <> 'LOST' THEN NULL ELSE i."lostReason" END,
       version = d.version + 1, updated_at = statement_timestamp()
     FROM input i, placed p, rated r, refusal f WHERE d.company_id = $1 AND d.id = i.id AND f.code IS NULL
     RETURNING d.*
   ), history AS (
     INSERT INTO deal_history (company_id, id, deal_id, field, from_value, to_value, changed_by_id, at, seconds_in_stage)
     SELECT $1, uuidv7(), d.id, c.field, c.from_value, c.to_value, i."actorId", d.updated_at,
       CASE WHEN c.field = 'stage' THEN greatest(0, floor(extract(epoch FROM d.updated_at - old.stage_entered_at))) END
     FROM input i, saved d JOIN deals old ON old.company_id = $1 AND old.id = d.id
     CROSS JOIN LATERAL (VALUES
       ('stage', to_jsonb(old.stage), to_jsonb(d.stage), old.pipeline_id <> d.pipeline_id),
       ('value', to_jsonb(old.value::text), to_jsonb(d.value::text), false),
       ('probability', to_jsonb(old.probability), to_jsonb(d.probability), false),
       ('expectedCloseDate', to_jsonb(old.expected_close_date), to_jsonb(d.expected_close_date), false),
       ('assignedToId', to_jsonb(old.assigned_to_id), to_jsonb(d.assigned_to_id), false)
     ) AS c(field, from_value, to_value, moved)
     WHERE c.moved OR c.from_value IS DISTINCT FROM c.to_value
   )
   SELECT f.code AS refusal, (SELECT ${DEAL_JSON}::text FROM saved d ${DEAL_JOINS}) AS json FROM refusal f`,
)

export async function deleteDealRow(tx: Tx, companyId: string, id: string): Promise<StoredDeal> {
  const deleted = await runOne<{ json: string }>(tx, deleteStatement, [companyId, id])
  if (deleted === undefined) throw new Error(`The locked deal '${id}' is gone`)
  return stored(deleted.json)
}

const deleteStatement = statement(
  'delete_deal',
  `WITH deleted AS (
     UPDATE deals SET deleted_at = statement_timestamp(), updated_at = statement_timestamp(), version = version + 1
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${DEAL_JSON}::text AS json FROM deleted d ${DEAL_JOINS}`,
)

function decisionInput(actor: Actor, fields: DealFields) {
  return { ...fields, baseCurrency: actor.company.currency, actorId: actor.userId }
}

function stored(json: string): StoredDeal {
  const deal = JSON.parse(json) as Deal
  return { json, version: deal.version, deal }
}

function outcome(answer: Answer | undefined): StoredDeal | DealRefusal {
  if (answer === undefined) throw new Error('A write of a deal answered no row')
  if (answer.refusal !== null) return answer.refusal
  if (answer.json === null) throw new Error('A deal was neither refused nor stored')
  return stored(answer.json)
}
