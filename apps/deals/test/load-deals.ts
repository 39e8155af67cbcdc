import type { Actor } from '@dealwire/contracts'
import { closeDatabase, type Database, openDatabase } from '@dealwire/db/client'
import type { TestDatabase } from '@dealwire/testing'
import type { TestApp } from './start-app.ts'

/**
 * Very many deals of a company, in one statement and without their triggers: a share of each stage, value, source, date and tag, from
 * most of the deals to nearly none. They are not indexed for the search; `indexForSearch` does that.
 */
export async function loadDeals(db: TestDatabase, app: TestApp, actor: Actor, count: number): Promise<void> {
  await app.create(actor, '/v1/deals', { title: 'seed' })
  await asOwner(db, app, async ({ pool }) => {
    await pool.query("SET session_replication_role = 'replica'")
    await pool.query(insertDeals, [actor.companyId, actor.userId, count])
    // Of every row instead of a sample: the plans are to be the same in every run.
    await pool.query('ALTER TABLE deals ALTER COLUMN tags SET STATISTICS 400')
    await pool.query('VACUUM (ANALYZE) deals')
  })
}

/** Fills the search's table of a company as its triggers would have. */
export async function indexForSearch(db: TestDatabase, app: TestApp, actor: Actor): Promise<void> {
  await asOwner(db, app, async ({ pool }) => {
    await pool.query('DELETE FROM deal_search WHERE company_id = $1', [actor.companyId])
    await pool.query('SELECT index_deals($1, array_agg(id)) FROM deals WHERE company_id = $1', [actor.companyId])
    await pool.query('VACUUM (ANALYZE) deal_search')
  })
}

/** As the owner of the tables, who may switch triggers off and vacuum, with time for it. */
async function asOwner(db: TestDatabase, app: TestApp, work: (owner: Database) => Promise<void>): Promise<void> {
  const owner = openDatabase({
    url: db.adminUrl,
    schema: 'deals',
    applicationName: 'test-owner',
    maxConnections: 1,
    logger: app.database.logger,
    statementTimeoutMs: 120_000,
  })
  try {
    await work(owner)
  } finally {
    await closeDatabase(owner)
  }
}

/** A version 4 id that follows from a number. */
const idOf = (number: string) =>
  `overlay(overlay(md5((${number})::text) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid`

// The moduli have no common divisor, so that no column follows from another.
const insertDeals = `
  INSERT INTO deals (company_id, id, title, value, currency, base_value, base_currency, pipeline_id, stage, stage_kind, closed_at, priority,
    lead_source, lead_score, expected_close_date, contact_id, customer_id, assigned_to_id, tags, stage_entered_at, created_at, updated_at, created_by_id)
  SELECT d.company_id, uuidv7(), 'House ' || left(md5(n::text), 6), n % 6997, 'GEL', n % 6997, 'GEL', d.pipeline_id, s.stage, s.kind,
    CASE WHEN s.kind <> 'OPEN' THEN now() END, (ARRAY['LOW', 'MEDIUM', 'HIGH', 'URGENT'])[1 + n / 3 % 4],
    (ARRAY['WEB', 'PHONE', 'ADS', NULL])[1 + n / 7 % 4], n % 97, CASE WHEN n % 11 > 1 THEN current_date + n % 499 END,
    CASE WHEN n % 3 = 0 THEN ${idOf('n % 4999')} END, CASE WHEN n % 3 = 1 THEN ${idOf('n % 2999')} END,
    CASE WHEN n % 53 = 0 THEN $2::uuid WHEN n % 2 = 0 THEN ${idOf('n % 41')} END, ARRAY['t' || n % 307],
    now() - n * interval '1 hour', now() - n * interval '1 minute', now() - n % 9781 * interval '1 minute', $2
  FROM (SELECT * FROM deals WHERE company_id = $1 LIMIT 1) AS d
  CROSS JOIN generate_series(1, $3::int) AS n
  CROSS JOIN LATERAL (SELECT
    CASE WHEN n % 101 < 60 THEN 'LEAD' WHEN n % 101 < 80 THEN 'QUALIFIED' WHEN n % 101 < 81 THEN 'NEGOTIATION' WHEN n % 101 < 91 THEN 'CLOSED_WON' ELSE 'CLOSED_LOST' END AS stage,
    CASE WHEN n % 101 < 81 THEN 'OPEN' WHEN n % 101 < 91 THEN 'WON' ELSE 'LOST' END AS kind) s`
