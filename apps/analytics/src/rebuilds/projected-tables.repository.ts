import { type Executor, run, statement, type Tx } from '@dealwire/db/client'

/** `frozen`: rows `r` that tell of calls from before the retention's `cut`, which no log can tell again. */
type Projected = { readonly month: string; readonly where?: string; readonly frozen?: string }

const frozen = 'r.day <= cut.day'

const monthOf = (column: string) => `coalesce(to_char(${column}, 'YYYY-MM'), 'none')`

/** Everything that is made from events, with the month that a row belongs to. Sums that have come to nothing are no rows. */
export const tables: Readonly<Record<string, Projected>> = {
  company_settings: { month: `'none'` },
  user_refs: { month: `'none'` },
  customer_refs: { month: `'none'` },
  pipeline_facts: { month: `'none'` },
  deal_facts: { month: monthOf('created_at') },
  deal_stage_entries: { month: monthOf('entered_at') },
  call_versions: { month: monthOf('started_at'), frozen: 'r.started_at < cut.kept_from' },
  call_facts: { month: monthOf('started_at') },
  queue_visit_facts: { month: monthOf('started_at') },
  agent_call_facts: { month: monthOf('started_at') },
  queue_settings: { month: `'none'` },
  rollup_zones: { month: `'none'` },
  call_hour_rollups: { month: monthOf('day'), where: 'total <> 0', frozen },
  wait_day_rollups: { month: monthOf('day'), where: 'entered <> 0', frozen },
  seconds_day_histograms: { month: monthOf('day'), where: 'calls <> 0', frozen },
  agent_day_rollups: { month: monthOf('day'), where: 'offered <> 0 OR hold_seconds + wrap_up_seconds <> 0', frozen },
  product_facts: { month: `'none'` },
  stock_facts: { month: monthOf('occurred_at') },
  stock_levels: { month: `'none'` },
  work_order_facts: { month: monthOf('created_at') },
  activity_facts: { month: monthOf('created_at') },
  timeline_entries: { month: monthOf('occurred_at') },
}

export type Sum = { readonly table: string; readonly month: string; readonly rows: number; readonly checksum: string }

export const LIVE = 'analytics'
export const SHADOW = 'analytics_shadow'

function sumsOf(schema: string): string {
  return Object.entries(tables)
    .map(
      ([table, { month, where }]) =>
        `SELECT '${table}' AS "table", ${month} AS month, count(*) AS rows, sum(hashtextextended(r::text, 0)::numeric)::text AS checksum
         FROM ${schema}.${table} r WHERE company_id = $1 ${where === undefined ? '' : `AND (${where})`} GROUP BY 2`,
    )
    .join(' UNION ALL ')
}

const sums = {
  live: statement('live_checksums', `${sumsOf(LIVE)} ORDER BY 1, 2`),
  rebuilt: statement('rebuilt_checksums', `${sumsOf(SHADOW)} ORDER BY 1, 2`),
}

/** Rows and a checksum by table and month; the order of rows does not matter. */
export async function sumTables(executor: Executor, which: 'live' | 'rebuilt', companyId: string): Promise<Sum[]> {
  return await run<Sum>(executor, sums[which], [companyId])
}

const clearShadow = ['projection_progress', 'rolled_months', ...Object.keys(tables)].map((table) =>
  table === 'projection_progress'
    ? statement('clear_shadow_progress', `DELETE FROM ${SHADOW}.projection_progress WHERE $1::uuid IS NOT NULL`)
    : statement(`clear_shadow_${table}`, `DELETE FROM ${SHADOW}.${table} WHERE company_id = $1`),
)

export async function clearRebuilt(tx: Tx, companyId: string): Promise<void> {
  for (const query of clearShadow) await run(tx, query, [companyId])
}

const selectColumns = statement(
  'projected_columns',
  `SELECT table_name AS "table", string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
   FROM information_schema.columns WHERE table_schema = '${SHADOW}' AND is_generated = 'NEVER' GROUP BY table_name`,
)

const coverRebuilt = statement(
  'cover_rebuilt_months',
  `SELECT cover_months(coalesce(array_agg(DISTINCT date_trunc('month', started_at AT TIME ZONE 'UTC')::date), '{}'))
   FROM ${SHADOW}.call_facts WHERE company_id = $1`,
)

/** Puts the rebuilt rows of a company in the place of those there are. Readers see the old ones until COMMIT. */
export async function swapIn(tx: Tx, companyId: string): Promise<void> {
  const columnsOf = new Map(
    (await run<{ table: string; columns: string }>(tx, selectColumns, [])).map((row) => [row.table, row.columns]),
  )
  await run(tx, coverRebuilt, [companyId])
  for (const table of Object.keys(tables)) {
    const columns = columnsOf.get(table) ?? ''
    await run(tx, statement(`swap_out_${table}`, `DELETE FROM ${LIVE}.${table} WHERE company_id = $1`), [companyId])
    const text = `INSERT INTO ${LIVE}.${table} (${columns}) SELECT ${columns} FROM ${SHADOW}.${table} WHERE company_id = $1`
    await run(tx, statement(`swap_in_${table}`, text), [companyId])
  }
  await run(tx, unrollRebuilt, [companyId])
}

const unrollRebuilt = statement(
  'unroll_rebuilt_months',
  `WITH known AS (UPDATE ${LIVE}.rolled_months SET is_rolled = false WHERE company_id = $1)
   INSERT INTO ${LIVE}.rolled_months (company_id, month, is_rolled) SELECT company_id, month, false FROM ${SHADOW}.rolled_months WHERE company_id = $1 ON CONFLICT DO NOTHING`,
)
