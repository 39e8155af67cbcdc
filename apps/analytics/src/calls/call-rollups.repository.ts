import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import { lockOrHold } from '../projections/lock-or-hold.ts'
import { unrollMonths } from './month-rollups.repository.ts'
import { addTo, callsOf, rollups, waitsOf } from './rollup-rows.repository.ts'

/** Where a call is in the facts. */
export type CallKey = { readonly company_id: string; readonly started_at: string; readonly call_id: string }

/** Keeps the company's days from being counted anew meanwhile. Facts from before there were rollups make them stale at first sight. */
export async function holdZones(tx: Tx, companyIds: readonly string[]): Promise<void> {
  const ids = [...new Set(companyIds)].sort()
  await run(tx, addZones, [ids])
  await lockOrHold(tx, shareZones, [ids])
}

const addZones = statement(
  'add_rollup_zones',
  `INSERT INTO rollup_zones (company_id, time_zone, stale)
   SELECT id, coalesce((SELECT time_zone FROM company_settings s WHERE s.company_id = id), 'UTC'),
     EXISTS (SELECT FROM call_facts f WHERE f.company_id = id)
   FROM unnest($1::uuid[]) AS id WHERE NOT EXISTS (SELECT FROM rollup_zones z WHERE z.company_id = id) ORDER BY id
   ON CONFLICT DO NOTHING`,
)
const shareZones = statement(
  'share_rollup_zones',
  'SELECT FROM rollup_zones WHERE company_id = ANY ($1::uuid[]) ORDER BY company_id FOR SHARE',
)

/** Takes calls as they are in the facts off the rollups, or adds them. */
export async function shiftRollups(tx: Tx, sign: 1 | -1, keys: readonly CallKey[]): Promise<void> {
  if (keys.length > 0) await run(tx, shift, [JSON.stringify(keys), sign])
}

const writes = (sign: string) => rollups.map((rollup, index) => `write_${index} AS (${addTo(rollup, sign)})`).join(', ')

const shift = statement(
  'shift_call_rollups',
  `WITH keys AS (
     SELECT * FROM json_to_recordset($1::json) AS k(company_id uuid, started_at timestamptz(3), call_id uuid)
   ), calls AS MATERIALIZED (
     ${callsOf('keys JOIN call_facts c USING (company_id, started_at, call_id) JOIN rollup_zones z USING (company_id)', 'z.time_zone')}
   ), waits AS MATERIALIZED (${waitsOf('queue_visit_facts')}
   ), ${unrollMonths}, ${writes('$2::integer')}
   SELECT`,
)

/** To be counted anew: the days of these companies, or how their waits are judged, may have changed. */
export async function markStale(tx: Tx, companyIds: readonly string[], why: 'zone' | 'settings'): Promise<void> {
  await lockOrHold(tx, why === 'zone' ? markMoved : markAll, [[...new Set(companyIds)].sort()])
}

const markMoved = statement(
  'mark_moved_rollups',
  `UPDATE rollup_zones z SET stale = true FROM company_settings s
   WHERE z.company_id = ANY ($1::uuid[]) AND s.company_id = z.company_id AND s.time_zone <> z.time_zone`,
)
const markAll = statement(
  'mark_stale_rollups',
  'UPDATE rollup_zones SET stale = true WHERE company_id = ANY ($1::uuid[])',
)

export async function listStale(executor: Executor, limit: number): Promise<string[]> {
  const rows = await run<{ company_id: string }>(executor, selectStale, [limit])
  return rows.map((row) => row.company_id)
}

const selectStale = statement('list_stale_rollups', 'SELECT company_id FROM rollup_zones WHERE stale LIMIT $1')

const findStale = statement('find_stale_rollup', 'SELECT 1 FROM rollup_zones WHERE company_id = $1 AND stale')

export async function isStale(executor: Executor, companyId: string): Promise<boolean> {
  return (await runOne(executor, findStale, [companyId])) !== undefined
}

/** SQL that says whether the rollups of company `$1` count days of this time zone, and rightly so. */
export const rollupsCount = (timeZone: string) =>
  `EXISTS (SELECT FROM rollup_zones WHERE company_id = $1 AND time_zone = ${timeZone} AND NOT stale)`

/** Counts a company's rollups anew from its facts. Days whose facts are gone by retention stay as they were counted. */
export async function recount(tx: Tx, companyId: string): Promise<void> {
  await run(tx, takeZone, [companyId])
  const first = await runOne<{ day: string | null }>(tx, firstCountedDay, [companyId])
  const day = first?.day ?? '0001-01-01'
  for (const query of forgetRollups) await run(tx, query, [companyId, day])
  await run(tx, unrollAll, [companyId])
  await run(tx, countAnew, [companyId, day])
}

const takeZone = statement(
  'take_rollup_zone',
  `UPDATE rollup_zones z SET stale = false,
     time_zone = coalesce((SELECT s.time_zone FROM company_settings s WHERE s.company_id = z.company_id), z.time_zone)
   WHERE z.company_id = $1`,
)

/** The day on which retention cut is not whole in the facts, so it stays too. */
const firstCountedDay = statement(
  'first_counted_day',
  'SELECT ((kept_from AT TIME ZONE time_zone)::date + 1)::text AS day FROM rollup_zones WHERE company_id = $1',
)

const forgetRollups = rollups.map(({ table }) =>
  statement(`forget_${table}`, `DELETE FROM ${table} WHERE company_id = $1 AND day >= $2::date`),
)

const unrollAll = statement('unroll_months', 'UPDATE rolled_months SET is_rolled = false WHERE company_id = $1')

const countAnew = statement(
  'count_call_rollups',
  `WITH calls AS MATERIALIZED (
     SELECT * FROM (${callsOf('call_facts c JOIN rollup_zones z USING (company_id) WHERE company_id = $1', 'z.time_zone')}) counted
     WHERE local::date >= $2::date
   ), waits AS MATERIALIZED (${waitsOf('queue_visit_facts')}
   ), ${unrollMonths}, ${writes('1')}
   SELECT`,
)
