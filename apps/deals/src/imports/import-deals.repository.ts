import type { Deal } from '@dealwire/contracts'
import { run, statement, type Tx } from '@dealwire/db/client'
import type { DealFields, Destination } from '../deals/deal.ts'
import { DEAL_JOINS, DEAL_JSON } from '../deals/deal-json.ts'
import { leadScore } from '../lead-score/lead-score-sql.ts'
import type { ImportAuthor } from './imports.repository.ts'

export type DealRow = DealFields & Destination & { readonly id: string }

export type DealRefusal =
  | 'stage_not_found'
  | 'currency_rate_missing'
  | 'lost_reason_required'
  | 'contact_not_found'
  | 'customer_not_found'
  | 'user_not_found'

type Outcome = { readonly id: string; readonly refusal: DealRefusal | null; readonly made: Deal | null }

/** Makes the deals by the rules of a single one, as far as those let them. */
export async function insertDealRows(
  tx: Tx,
  { companyId, userId, company }: ImportAuthor & { readonly companyId: string },
  rows: readonly DealRow[],
): Promise<Outcome[]> {
  if (rows.length === 0) return []
  return run(tx, insertStatement, [companyId, userId, JSON.stringify(rows), company.currency, company.searchLanguage])
}

const insertStatement = statement(
  'import_deals',
  `WITH placed AS (
     SELECT i.*, s.pipeline_id, s.key, s.kind, r.rate, ${leadScore('i.value', 'i.priority', 'i."leadSource"')} AS lead_score, CASE
       WHEN s.key IS NULL THEN 'stage_not_found'
       WHEN r.rate IS NULL THEN 'currency_rate_missing'
       WHEN s.kind = 'LOST' AND i."lostReason" IS NULL THEN 'lost_reason_required'
       WHEN i."contactId" IS NOT NULL
         AND NOT EXISTS (SELECT FROM contacts c WHERE c.company_id = $1 AND c.id = i."contactId" AND c.deleted_at IS NULL) THEN 'contact_not_found'
       WHEN i."customerId" IS NOT NULL
         AND NOT EXISTS (SELECT FROM customers u WHERE u.company_id = $1 AND u.id = i."customerId" AND u.deleted_at IS NULL) THEN 'customer_not_found'
       WHEN i."assignedToId" IS NOT NULL AND i."assignedToId" IS DISTINCT FROM $2::uuid
         AND NOT EXISTS (SELECT FROM user_refs a WHERE a.company_id = $1 AND a.id = i."assignedToId" AND a.active) THEN 'user_not_found'
     END AS refusal
     FROM json_to_recordset($3::json) AS i(id uuid, title text, value numeric, currency text, "pipelineId" uuid, stage text, priority text,
       "leadSource" text, probability smallint, "expectedCloseDate" date, notes text, "contactId" uuid, "customerId" uuid, "assignedToId" uuid,
       "lostReason" text, tags text[], "customFields" jsonb)
     LEFT JOIN LATERAL (
       SELECT s.* FROM pipelines p JOIN stages s ON s.company_id = p.company_id AND s.pipeline_id = p.id
       WHERE p.company_id = $1 AND p.deleted_at IS NULL AND CASE WHEN i."pipelineId" IS NULL THEN p.is_default ELSE p.id = i."pipelineId" END
         AND CASE WHEN i.stage IS NULL THEN s.kind = 'OPEN' ELSE s.key = i.stage END
       ORDER BY s.position LIMIT 1
     ) s ON true
     LEFT JOIN LATERAL (
       SELECT 1::numeric AS rate WHERE i.currency = $4
       UNION ALL (SELECT r.rate FROM currency_rates r
         WHERE r.company_id = $1 AND r.currency = i.currency AND i.currency <> $4 AND r.valid_from <= current_date ORDER BY r.valid_from DESC LIMIT 1)
     ) r ON true
     LEFT JOIN lead_score_weights w ON w.company_id = $1
   ), made AS (
     INSERT INTO deals (company_id, id, title, value, currency, base_value, base_currency, pipeline_id, stage, stage_kind, priority, lead_source,
       lead_score, probability, expected_close_date, notes, contact_id, customer_id, assigned_to_id, tags, stage_entered_at, closed_at, lost_reason,
       created_by_id, search_language, custom_fields)
     SELECT $1, i.id, i.title, i.value, i.currency, round(i.value * i.rate, 2), $4, i.pipeline_id, i.key, i.kind, i.priority, i."leadSource",
       i.lead_score, i.probability, i."expectedCloseDate", i.notes, i."contactId",
       i."customerId", i."assignedToId", i.tags, now(), CASE WHEN i.kind <> 'OPEN' THEN now() END, i."lostReason", $2::uuid, $5, i."customFields"
     FROM placed i WHERE i.refusal IS NULL RETURNING *
   )
   SELECT i.id, i.refusal, m.made FROM placed i
   LEFT JOIN (SELECT d.id, ${DEAL_JSON} AS made FROM made d ${DEAL_JOINS}) m ON m.id = i.id`,
)
