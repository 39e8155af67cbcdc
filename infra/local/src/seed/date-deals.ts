import type pg from 'pg'
import type { Dated } from './seed-sales.ts'

// The API knows no past: a deal is created now. Charts need months, so the rows are dated back,
// with an event each, in one statement; `version = 1` keeps what somebody has changed since.
const dateBack = `
  WITH given AS (
    SELECT * FROM json_to_recordset($2) AS g(id uuid, "createdAt" timestamptz, "stageEnteredAt" timestamptz, "closedAt" timestamptz)
  ), dated AS (
    UPDATE deals.deals d
    SET created_at = g."createdAt", stage_entered_at = g."stageEnteredAt", updated_at = g."stageEnteredAt",
      closed_at = g."closedAt", version = 2
    FROM given g WHERE d.company_id = $1 AND d.id = g.id AND d.version = 1
    RETURNING d.company_id, d.id, d.created_at, d.stage_entered_at, d.updated_at, d.closed_at
  )
  INSERT INTO deals.event_log (company_id, event_id, type, entity_id, entity_version, correlation_id, data)
  SELECT dated.company_id, uuidv7(), 'crm.deals.deal.updated', dated.id::text, 2, 'demo', jsonb_build_object(
    'before', '{}'::jsonb, 'after', '{}'::jsonb,
    'deal', created.data->'deal' || jsonb_build_object(
      'version', 2, 'createdAt', deals.iso(dated.created_at), 'stageEnteredAt', deals.iso(dated.stage_entered_at),
      'updatedAt', deals.iso(dated.updated_at), 'closedAt', deals.iso(dated.closed_at)))
  FROM dated JOIN deals.event_log created
    ON created.company_id = dated.company_id AND created.entity_id = dated.id::text AND created.type = 'crm.deals.deal.created'`

/** Moves the deals into the past, for every service that hears of them. */
export async function dateDeals(client: pg.Client, companyId: string, deals: readonly Dated[]): Promise<void> {
  // Generated columns find their functions by the search path.
  await client.query('SET search_path = deals, extensions')
  await client.query(dateBack, [companyId, JSON.stringify(deals)])
}
