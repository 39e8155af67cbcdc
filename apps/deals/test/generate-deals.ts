import type { Actor } from '@dealwire/contracts'
import type { TestApp } from './start-app.ts'

/** A statement that inserts more than this may be too slow for its deadline on a busy machine. */
const BATCH = 5_000

/** One deal through the API and `count` beside it, spread over everything that can be filtered and sorted by. */
export async function generateDeals(app: TestApp, actor: Actor, count: number): Promise<void> {
  await app.create(actor, '/v1/deals', { title: 'seed' })
  for (let first = 1; first <= count; first += BATCH) {
    await insertBatch(app, actor, first, Math.min(count, first + BATCH - 1))
  }
  await app.analyze()
}

async function insertBatch(app: TestApp, actor: Actor, first: number, last: number): Promise<void> {
  await app.database.pool.query(
    `INSERT INTO deals (company_id, id, title, value, currency, base_value, base_currency, pipeline_id, stage, stage_kind, priority,
       lead_source, lead_score, expected_close_date, assigned_to_id, tags, stage_entered_at, created_at, updated_at, created_by_id)
     SELECT d.company_id, uuidv7(), 'Deal ' || n % 40, n % 700, 'GEL', n % 700, 'GEL', d.pipeline_id, (ARRAY['LEAD', 'QUALIFIED', 'NEGOTIATION'])[1 + n % 3],
       'OPEN', (ARRAY['LOW', 'MEDIUM', 'HIGH', 'URGENT'])[1 + n % 4], (ARRAY['WEB', 'PHONE', NULL])[1 + n % 3], n % 90,
       CASE WHEN n % 5 > 0 THEN current_date + n % 200 END, CASE WHEN n % 50 = 0 THEN $2::uuid END, ARRAY['t' || n % 300],
       now() - n * interval '1 hour', now() - n * interval '1 minute', now() - n % 977 * interval '1 minute', $2
     FROM generate_series($3::int, $4::int) AS n, (SELECT * FROM deals WHERE company_id = $1 LIMIT 1) AS d`,
    [actor.companyId, actor.userId, first, last],
  )
}
