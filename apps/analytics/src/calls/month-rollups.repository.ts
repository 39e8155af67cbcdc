import { type Executor, run, statement, type Tx } from '@dealwire/db/client'
import { agentDays, callHours, histograms, type Rollup } from './rollup-rows.repository.ts'

/** A rollup by day, added up by month. `also` helps an index that does not begin with the day. */
type MonthRollup = { readonly table: string; readonly days: Rollup; readonly also?: string }

const months = {
  call_hour_rollups: { table: 'call_month_rollups', days: callHours },
  seconds_day_histograms: {
    table: 'seconds_month_histograms',
    days: histograms,
    also: `AND d.kind IN ('wait', 'talk')`,
  },
  agent_day_rollups: { table: 'agent_month_rollups', days: agentDays },
} as const satisfies Record<string, MonthRollup>

/** A window of 367 days touches no more; the bound tells the planner how few there are. */
const MOST_MONTHS = 14

/**
 * SQL relations `months` and `spans` of a stretch of whole days, `$1` being the company. Of each month either the days that are asked for
 * are read, or what is fewer rows: the month's own, less the days around that are not asked for, plus those that are not in it yet.
 */
export const monthsWithin = (firstDay: string, endDay: string) => `asked AS (
    SELECT m::date AS month, greatest(m::date, ${firstDay}::date) AS first, least((m + interval '1 month')::date, ${endDay}::date) AS past,
      CASE WHEN r.is_rolled THEN coalesce(r.rolled_until, (m + interval '1 month')::date) ELSE m::date END AS rolled_until
    FROM generate_series(date_trunc('month', ${firstDay}::date::timestamp), (${endDay}::date - 1)::timestamp, interval '1 month') AS m
    LEFT JOIN rolled_months r ON r.company_id = $1 AND r.month = m::date
  ), months AS MATERIALIZED (
    SELECT *, rolled_until > month AND (first - month) + abs(past - rolled_until) < past - first AS is_whole FROM asked LIMIT ${MOST_MONTHS}
  ), spans AS MATERIALIZED (
    SELECT s.sign, s.first, s.past FROM months m CROSS JOIN LATERAL (VALUES
      (1, m.first, m.past, NOT m.is_whole), (-1, m.month, m.first, m.is_whole), (-1, m.past, m.rolled_until, m.is_whole),
      (1, m.rolled_until, m.past, m.is_whole)) AS s(sign, first, past, applies)
    WHERE s.applies AND s.first < s.past LIMIT ${2 * MOST_MONTHS}
  )`

/**
 * Rows of a rollup for `spans` and `months`, which add up to the stretch. `day` is the month's first where a row is a month's. OFFSET 0 has
 * each span looked up by its index, also in a plan for windows of any length.
 */
export function keptIn({ table, days, also = '' }: MonthRollup): string {
  const key = days.key.filter((column) => column !== 'day' && column !== 'company_id')
  const columns = [...key, ...days.sums]
  return `SELECT k.day, ${[...key, ...days.sums.map((sum) => `s.sign * k.${sum} AS ${sum}`)].join(', ')} FROM spans s CROSS JOIN LATERAL (
      SELECT day, ${columns.join(', ')} FROM ${days.table} d WHERE d.company_id = $1 ${also} AND d.day >= s.first AND d.day < s.past OFFSET 0) k
    UNION ALL SELECT m.month, ${columns.join(', ')} FROM months m CROSS JOIN LATERAL (
      SELECT ${columns.join(', ')} FROM ${table} k WHERE k.company_id = $1 AND k.month = m.month OFFSET 0) k WHERE m.is_whole`
}

export const keptHours = keptIn(months.call_hour_rollups)
export const keptHistograms = keptIn(months.seconds_day_histograms)
export const keptAgents = keptIn(months.agent_day_rollups)

/** The days of `months`, whatever their hours. */
export const keptDays = [
  'call_hour_rollups d WHERE d.day >= greatest(m.first, m.rolled_until) AND d.day < m.past',
  'call_day_rollups d WHERE d.day >= m.first AND d.day < least(m.past, m.rolled_until)',
]
  .map(
    (source) => `SELECT k.* FROM months m CROSS JOIN LATERAL (
      SELECT day, queue, direction, total, answered, missed, abandoned FROM ${source} AND d.company_id = $1 OFFSET 0) k`,
  )
  .join(' UNION ALL ')

/** For the statement that shifts rollups: months that have days of its `calls` are to be rolled again. Locks nothing else. */
export const unrollMonths = `unrolled AS (
    INSERT INTO rolled_months AS r (company_id, month, is_rolled)
    SELECT DISTINCT c.company_id, date_trunc('month', c.local)::date, false FROM calls c
    WHERE NOT EXISTS (SELECT FROM rolled_months known
      WHERE known.company_id = c.company_id AND known.month = date_trunc('month', c.local)::date
        AND (NOT known.is_rolled OR known.rolled_until <= c.local::date))
    ORDER BY 1, 2
    ON CONFLICT (company_id, month) DO UPDATE SET is_rolled = false
  )`

export type Month = { readonly company_id: string; readonly month: string; readonly until: string }

const selectWaiting = statement(
  'list_months_to_roll',
  `SELECT company_id, month::text, until::text FROM (
     SELECT r.*, least((r.month + interval '1 month')::date, (now() AT TIME ZONE z.time_zone)::date) AS until
     FROM rolled_months r JOIN rollup_zones z USING (company_id)
     WHERE NOT r.is_rolled OR r.rolled_until < (r.month + interval '1 month')::date
   ) unfinished
   WHERE until > month AND (NOT is_rolled OR rolled_until < until) ORDER BY month, company_id LIMIT $1`,
)

/** Months with days that have ended and are not in the month's rows. */
export async function listMonthsToRoll(executor: Executor, limit: number): Promise<Month[]> {
  return await run<Month>(executor, selectWaiting, [limit])
}

/** Calls of the company that come meanwhile wait: a month must not change while it is added up. */
const lockZone = statement('lock_rollup_zone', 'SELECT FROM rollup_zones WHERE company_id = $1 FOR UPDATE')

const forget = [...Object.values(months).map(({ table }) => [table, 'month']), ['call_day_rollups', 'day']].map(
  ([table, column]) =>
    statement(
      `forget_${table}`,
      `DELETE FROM ${table} WHERE company_id = $1 AND ${column} >= $2::date AND ${column} < ($2::date + interval '1 month')::date`,
    ),
)

const ofMonth = (source: string) => `FROM ${source} WHERE company_id = $1 AND day >= $2::date AND day < $3::date`

const rollEach = Object.values(months).map(({ table, days }: MonthRollup) => {
  const key = days.key.filter((column) => column !== 'day' && column !== 'company_id')
  const [first = ''] = days.sums
  return statement(
    `roll_${table}`,
    `INSERT INTO ${table} (company_id, month, ${[...key, ...days.sums].join(', ')})
     SELECT $1, $2::date, ${key.join(', ')}, ${days.sums.map((sum) => `sum(${sum})`).join(', ')} ${ofMonth(days.table)}
     GROUP BY ${key.join(', ')} ${table === 'agent_month_rollups' ? '' : `HAVING sum(${first}) <> 0`}`,
  )
})

const rollDays = statement(
  'roll_call_day_rollups',
  `INSERT INTO call_day_rollups (company_id, day, queue, direction, total, answered, missed, abandoned)
   SELECT $1, day, queue, direction, sum(total), sum(answered), sum(missed), sum(abandoned) ${ofMonth('call_hour_rollups')}
   GROUP BY day, queue, direction HAVING sum(total) <> 0`,
)

const markRolled = statement(
  'mark_rolled',
  'UPDATE rolled_months SET is_rolled = true, rolled_until = $3::date WHERE company_id = $1 AND month = $2::date',
)

/** Adds up the days of a month that have ended. */
export async function rollMonth(tx: Tx, { company_id: companyId, month, until }: Month): Promise<void> {
  await run(tx, lockZone, [companyId])
  for (const query of forget) await run(tx, query, [companyId, month])
  for (const query of [...rollEach, rollDays, markRolled]) await run(tx, query, [companyId, month, until])
}
