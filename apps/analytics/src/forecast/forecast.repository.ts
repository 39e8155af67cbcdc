import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import { ownDeals } from '../deals/deal-figures.ts'

const weighted = 'round(d.base_value * coalesce(d.probability, 0) / 100, 2)'

const forecast = statement(
  'forecast',
  `WITH open AS (
     SELECT d.expected_close_on AS day, ${weighted} AS weighted FROM deal_facts d
     WHERE d.company_id = $1 AND NOT d.deleted AND d.stage_kind = 'OPEN' AND d.base_currency = $3 AND ${ownDeals}
   ), won AS (
     SELECT to_char(d.closed_at AT TIME ZONE $4, 'YYYY-MM') AS month, sum(d.base_value) AS won FROM deal_facts d
     WHERE d.company_id = $1 AND NOT d.deleted AND d.stage_kind = 'WON' AND d.base_currency = $3 AND ${ownDeals}
       AND d.closed_at >= $5::date::timestamp AT TIME ZONE $4 AND d.closed_at < ($6::date + interval '1 month') AT TIME ZONE $4
     GROUP BY 1
   ), months AS (
     SELECT to_char(m, 'YYYY-MM') AS month FROM generate_series($5::date::timestamp, $6::date::timestamp, interval '1 month') AS m
   ), due AS (SELECT to_char(day, 'YYYY-MM') AS month, sum(weighted) AS weighted FROM open GROUP BY 1)
   SELECT jsonb_build_object(
     'months', (SELECT jsonb_agg(jsonb_build_object('month', m.month, 'weightedOpen', coalesce(due.weighted, 0.00)::text,
         'won', coalesce(won.won, 0.00)::text, 'total', (coalesce(due.weighted, 0.00) + coalesce(won.won, 0.00))::text) ORDER BY m.month)
       FROM months m LEFT JOIN due USING (month) LEFT JOIN won USING (month)),
     'overdueOpen', (SELECT coalesce(sum(weighted), 0.00)::text FROM open WHERE day < $5::date),
     'undatedOpen', (SELECT coalesce(sum(weighted), 0.00)::text FROM open WHERE day IS NULL),
     'currency', $3::text)::text AS figures`,
)

/** Values: company, whose deals, currency, time zone, first day of the first and of the last month. */
export async function findForecast(executor: Executor, values: readonly unknown[]): Promise<string> {
  const row = await runOne<{ figures: string }>(executor, forecast, values)
  return row?.figures ?? '{}'
}

const bridgeSums = ['opening', 'new', 'won', 'lost', 'pulled_in', 'pushed_out', 'value_changed'] as const
const shown = { pulled_in: 'pulledIn', pushed_out: 'pushedOut', value_changed: 'valueChanged' } as const
const nameOf = (column: string) => shown[column as keyof typeof shown] ?? column

/** Both nights of one snapshot: the rows are changes of the weighted value by month, which add up to what is open now. */
const takeSnapshot = statement(
  'take_forecast_snapshot',
  `WITH now AS (
     SELECT d.deal_id, coalesce(to_char(d.expected_close_on, 'YYYY-MM'), 'undated') AS month, ${weighted} AS weighted FROM deal_facts d
     WHERE d.company_id = $1 AND NOT d.deleted AND d.stage_kind = 'OPEN' AND d.base_currency = $3
   ), pairs AS (
     SELECT b.month AS was_month, b.weighted AS was, n.month, n.weighted, coalesce(d.stage_kind = 'WON' AND NOT d.deleted, false) AS is_won
     FROM (SELECT * FROM forecast_baseline WHERE company_id = $1) b FULL JOIN now n USING (deal_id)
     LEFT JOIN deal_facts d ON d.company_id = $1 AND d.deal_id = b.deal_id
   ), moves AS (
     SELECT was_month AS month, 'opening' AS what, was AS amount FROM pairs WHERE was IS NOT NULL
     UNION ALL SELECT month, 'new', weighted FROM pairs WHERE was IS NULL
     UNION ALL SELECT was_month, CASE WHEN is_won THEN 'won' ELSE 'lost' END, -was FROM pairs WHERE weighted IS NULL
     UNION ALL SELECT was_month, CASE WHEN month < was_month THEN 'pulled_in' ELSE 'pushed_out' END, -was FROM pairs WHERE month <> was_month
     UNION ALL SELECT month, CASE WHEN month < was_month THEN 'pulled_in' ELSE 'pushed_out' END, was FROM pairs WHERE month <> was_month
     UNION ALL SELECT month, 'value_changed', weighted - was FROM pairs WHERE weighted IS NOT NULL AND was IS NOT NULL
     UNION ALL SELECT 'undated', 'opening', 0.00 WHERE NOT EXISTS (SELECT FROM pairs)
   )
   INSERT INTO forecast_snapshots (company_id, taken_on, month, currency, ${bridgeSums.join(', ')}, closing)
   SELECT $1, $2::date, month, $3, ${bridgeSums.map((what) => `coalesce(sum(amount) FILTER (WHERE what = '${what}'), 0)`).join(', ')}, sum(amount)
   FROM moves WHERE NOT EXISTS (SELECT FROM forecast_snapshots WHERE company_id = $1 AND taken_on = $2::date) GROUP BY month
   RETURNING month`,
)

const dropOldBaseline = statement('drop_forecast_baseline', 'DELETE FROM forecast_baseline WHERE company_id = $1')
const insertBaseline = statement(
  'insert_forecast_baseline',
  `INSERT INTO forecast_baseline (company_id, deal_id, month, weighted)
   SELECT $1, d.deal_id, coalesce(to_char(d.expected_close_on, 'YYYY-MM'), 'undated'), ${weighted} FROM deal_facts d
   WHERE d.company_id = $1 AND NOT d.deleted AND d.stage_kind = 'OPEN' AND d.base_currency = $2`,
)
const oneMoment = statement('forecast_moment', 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
const weightedOpen = statement(
  'sum_forecast_baseline',
  'SELECT coalesce(sum(weighted), 0.00)::text AS sum FROM forecast_baseline WHERE company_id = $1',
)

/**
 * Records the night and what it is compared with next time, of one moment; also one with nothing open, so that each night is recorded once.
 * Answers the weighted value of all that is open; undefined when the night is recorded already.
 */
export async function insertForecastSnapshot(
  tx: Tx,
  companyId: string,
  takenOn: string,
  currency: string,
): Promise<string | undefined> {
  await run(tx, oneMoment, [])
  const taken = await run(tx, takeSnapshot, [companyId, takenOn, currency])
  if (taken.length === 0) return undefined
  await run(tx, dropOldBaseline, [companyId])
  await run(tx, insertBaseline, [companyId, currency])
  const row = await runOne<{ sum: string }>(tx, weightedOpen, [companyId])
  return row?.sum ?? '0.00'
}

export type DueCompany = { readonly company_id: string; readonly currency: string; readonly today: string }

const selectDue = statement(
  'list_forecasts_due',
  `SELECT s.company_id, s.currency, (now() AT TIME ZONE s.time_zone)::date::text AS today FROM company_settings s
   WHERE ($1::uuid IS NULL OR s.company_id > $1) AND EXISTS (SELECT FROM deal_facts d WHERE d.company_id = s.company_id)
     AND NOT EXISTS (SELECT FROM forecast_snapshots f WHERE f.company_id = s.company_id AND f.taken_on = (now() AT TIME ZONE s.time_zone)::date)
   ORDER BY s.company_id LIMIT 200`,
)

/** Companies whose day has begun without a snapshot, after the given one. */
export async function listForecastsDue(executor: Executor, after: string | null): Promise<DueCompany[]> {
  return await run<DueCompany>(executor, selectDue, [after])
}

const members = (value: (column: string) => string) =>
  [...bridgeSums, 'closing'].map((column) => `'${nameOf(column)}', ${value(column)}::text`).join(', ')

const history = statement(
  'forecast_history',
  `SELECT jsonb_build_object('snapshots', coalesce(jsonb_agg(snapshot ORDER BY taken_on), '[]'))::text AS figures
   FROM (
     SELECT taken_on, jsonb_build_object('takenOn', taken_on, 'currency', min(currency),
       'months', jsonb_agg(jsonb_build_object('month', month, ${members((column) => column)}) ORDER BY month),
       'total', jsonb_build_object(${members((column) => `sum(${column})`)})) AS snapshot
     FROM forecast_snapshots WHERE company_id = $1 AND taken_on >= $2::date AND taken_on < $3::date GROUP BY taken_on
   ) nights`,
)

export async function findForecastHistory(
  executor: Executor,
  companyId: string,
  firstDay: string,
  endDay: string,
): Promise<string> {
  const row = await runOne<{ figures: string }>(executor, history, [companyId, firstDay, endDay])
  return row?.figures ?? '{"snapshots":[]}'
}
