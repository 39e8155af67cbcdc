import { type Executor, run, statement, type Tx } from '@dealwire/db/client'
import { agentDays, callHours, histograms, type Rollup } from './rollup-rows.repository.ts'

/** A rollup by day, added up by month. */
type MonthRollup = { readonly table: string; readonly days: Rollup }

const months = {
  call_hour_rollups: { table: 'call_month_rollups', days: callHours },
  seconds_day_histograms: { table: 'seconds_month_histograms', days: histograms },
  agent_day_rollups: { table: 'agent_month_rollups', days: agentDays },
} as const satisfies Record<string, MonthRollup>

/** The months of a stretch of whole days, `$1` being the company: those that are rolled and lie within it are read as one. */
export const monthsWithin = (firstDay: string, endDay: string) => `
    SELECT m::date AS month, greatest(m::date, ${firstDay}::date) AS first, least((m + interval '1 month')::date, ${endDay}::date) AS past,
      m::date >= ${firstDay}::date AND (m + interval '1 month')::date <= ${endDay}::date
        AND EXISTS (SELECT FROM rolled_months r WHERE r.company_id = $1 AND r.month = m::date AND r.is_rolled) AS rolled
    FROM generate_series(date_trunc('month', ${firstDay}::date::timestamp), (${endDay}::date - 1)::timestamp, interval '1 month') AS m`

/** Rows of a rollup for the months of the relation `months`: as kept by day, or where rolled by month. `day` is the month's first then. */
export function keptIn({ table, days }: MonthRollup): string {
  const key = days.key.filter((column) => column !== 'day' && column !== 'company_id')
  const columns = [...key, ...days.sums].map((column) => `k.${column}`)
  return `SELECT k.day, ${columns.join(', ')} FROM months m JOIN ${days.table} k ON k.company_id = $1 AND k.day >= m.first AND k.day < m.past
      WHERE NOT m.rolled
    UNION ALL SELECT k.month, ${columns.join(', ')} FROM months m JOIN ${table} k ON k.company_id = $1 AND k.month = m.month WHERE m.rolled`
}

export const keptHours = keptIn(months.call_hour_rollups)
export const keptHistograms = keptIn(months.seconds_day_histograms)
export const keptAgents = keptIn(months.agent_day_rollups)

/** The days of `months`, whatever their hours. */
export const keptDays = `SELECT k.day, k.queue, k.direction, k.total, k.answered, k.missed, k.abandoned
      FROM months m JOIN call_hour_rollups k ON k.company_id = $1 AND k.day >= m.first AND k.day < m.past WHERE NOT m.rolled
    UNION ALL SELECT k.day, k.queue, k.direction, k.total, k.answered, k.missed, k.abandoned
      FROM months m JOIN call_day_rollups k ON k.company_id = $1 AND k.day >= m.first AND k.day < m.past WHERE m.rolled`

/** For the statement that shifts rollups: months of its `calls` are to be rolled (again). Locks nothing where they are already. */
export const unrollMonths = `unrolled AS (
    INSERT INTO rolled_months AS r (company_id, month, is_rolled)
    SELECT DISTINCT c.company_id, date_trunc('month', c.local)::date, false FROM calls c
    WHERE NOT EXISTS (SELECT FROM rolled_months known
      WHERE known.company_id = c.company_id AND known.month = date_trunc('month', c.local)::date AND NOT known.is_rolled)
    ORDER BY 1, 2
    ON CONFLICT (company_id, month) DO UPDATE SET is_rolled = false
  )`

export type Month = { readonly company_id: string; readonly month: string }

const selectWaiting = statement(
  'list_months_to_roll',
  `SELECT company_id, month::text FROM rolled_months
   WHERE NOT is_rolled AND month < date_trunc('month', now() - interval '2 days')::date ORDER BY month, company_id LIMIT $1`,
)

/** Months that have ended on every clock and are not rolled. */
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

const ofMonth = (source: string) =>
  `FROM ${source} WHERE company_id = $1 AND day >= $2::date AND day < ($2::date + interval '1 month')::date`

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
   SELECT $1, day, queue, direction, sum(total), sum(answered), sum(missed), sum(abandoned) ${ofMonth('call_hour_rollups')} AND $2 IS NOT NULL
   GROUP BY day, queue, direction HAVING sum(total) <> 0`,
)

const markRolled = statement(
  'mark_rolled',
  'UPDATE rolled_months SET is_rolled = true WHERE company_id = $1 AND month = $2::date',
)

/** Adds up the days of a month. */
export async function rollMonth(tx: Tx, { company_id: companyId, month }: Month): Promise<void> {
  await run(tx, lockZone, [companyId])
  for (const query of [...forget, ...rollEach, rollDays, markRolled]) await run(tx, query, [companyId, month])
}
