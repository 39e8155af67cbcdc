import type pg from 'pg'
import { rowIdSql } from '../fixture.ts'

export const CUSTOMERS_PER_COMPANY = 500

type Target = { readonly number: number; readonly id: string; readonly userId: string; readonly deals: number }

/**
 * A company's customers, contacts and deals, in three statements. Everything follows from the row's number, so every run
 * has the same data; ids and times rise together, as those of real rows do.
 */
export async function loadDeals(client: pg.Client, { number, id, userId, deals }: Target): Promise<void> {
  const parties = `SELECT $1::uuid AS company_id, n, $2::uuid AS user_id, now() - make_interval(mins => ${CUSTOMERS_PER_COMPANY} - n) AS at
    FROM generate_series(0, ${CUSTOMERS_PER_COMPANY - 1}) n`
  await client.query(
    `INSERT INTO deals.customers (company_id, id, kind, name, email, phone, phone_raw, status, assigned_to_id, created_by_id, created_at, updated_at)
     SELECT company_id, ${rowIdSql('customer', number, 'n')}, 'ORGANIZATION', 'Customer ' || n, 'customer' || n || '@example.test',
       '+995591' || lpad(n::text, 6, '0'), '591' || lpad(n::text, 6, '0'), 'ACTIVE', user_id, user_id, at, at
     FROM (${parties}) party ON CONFLICT DO NOTHING`,
    [id, userId],
  )
  await client.query(
    `INSERT INTO deals.contacts (company_id, id, name, email, phone, phone_raw, customer_id, created_by_id, created_at, updated_at)
     SELECT company_id, ${rowIdSql('contact', number, 'n')}, 'Contact ' || n, 'contact' || n || '@example.test',
       '+995592' || lpad(n::text, 6, '0'), '592' || lpad(n::text, 6, '0'), ${rowIdSql('customer', number, 'n')}, user_id, at, at
     FROM (${parties}) party ON CONFLICT DO NOTHING`,
    [id, userId],
  )
  await client.query(dealsSql(number, deals), [id, userId])
}

/** Six in ten are open; values from 1,000 to 100,000; one day and a bit between two deals of a company at the largest scale. */
function dealsSql(number: number, deals: number): string {
  return `
    INSERT INTO deals.deals (company_id, id, title, value, currency, base_value, base_currency, pipeline_id, stage, stage_kind, priority,
      lead_source, lead_score, expected_close_date, notes, contact_id, customer_id, assigned_to_id, tags, stage_entered_at, closed_at,
      lost_reason, created_by_id, created_at, updated_at)
    SELECT pipeline.company_id, ${rowIdSql('deal', number, 'n')}, 'Heating for house ' || n, value, 'GEL', value, 'GEL', pipeline.id, stage.key, stage.kind,
      priority, source, deals.lead_score(value, stage.probability, priority, source), (at + interval '30 days')::date,
      'Called twice, wants an offer before the end of the month.', ${rowIdSql('contact', number, `n % ${CUSTOMERS_PER_COMPANY}`)},
      ${rowIdSql('customer', number, `n % ${CUSTOMERS_PER_COMPANY}`)}, $2::uuid, ARRAY['tag' || n % 20], at,
      CASE WHEN stage.kind <> 'OPEN' THEN at END, CASE WHEN stage.kind = 'LOST' THEN 'Too dear' END, $2::uuid, at, at
    FROM deals.pipelines pipeline
    CROSS JOIN generate_series(0, ${deals - 1}) n
    CROSS JOIN LATERAL (SELECT
      (1000 + n::bigint * 7919 % 99000)::numeric(14, 2) AS value,
      (ARRAY['LOW', 'MEDIUM', 'HIGH', 'URGENT'])[1 + n % 4] AS priority,
      (ARRAY['WEB', 'REFERRAL', 'PHONE', 'EMAIL', 'ADS'])[1 + n % 5] AS source,
      date_trunc('second', now()) - make_interval(mins => 2 * (${deals} - n)) AS at) made
    JOIN deals.stages stage ON stage.company_id = pipeline.company_id AND stage.pipeline_id = pipeline.id AND stage.position = (
      SELECT position FROM deals.stages WHERE company_id = pipeline.company_id AND pipeline_id = pipeline.id ORDER BY position OFFSET n % 5 LIMIT 1)
    WHERE pipeline.company_id = $1 AND pipeline.is_default AND pipeline.deleted_at IS NULL
    ON CONFLICT DO NOTHING`
}
