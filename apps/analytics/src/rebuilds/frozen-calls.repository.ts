import { run, statement, type Tx } from '@dealwire/db/client'
import { LIVE, SHADOW, tables } from './projected-tables.repository.ts'

const copyZone = statement(
  'copy_rollup_zone',
  `INSERT INTO ${SHADOW}.rollup_zones (company_id, time_zone, stale, kept_from)
   SELECT company_id, time_zone, false, kept_from FROM ${LIVE}.rollup_zones WHERE company_id = $1 AND kept_from IS NOT NULL`,
)

/** Before anything is rebuilt: calls from before retention cut are not counted anew. */
export async function copyRetention(tx: Tx, companyId: string): Promise<void> {
  await run(tx, copyZone, [companyId])
}

const cut = `SELECT company_id, kept_from, (kept_from AT TIME ZONE time_zone)::date AS day FROM ${LIVE}.rollup_zones
    WHERE company_id = $1 AND kept_from IS NOT NULL`

const copies = Object.entries(tables).flatMap(([table, { frozen }]) => {
  if (frozen === undefined) return []
  const isFrozen = `r.company_id = cut.company_id AND ${frozen}`
  return [
    statement(`drop_frozen_${table}`, `DELETE FROM ${SHADOW}.${table} r USING (${cut}) cut WHERE ${isFrozen}`),
    statement(
      `copy_frozen_${table}`,
      `INSERT INTO ${SHADOW}.${table} SELECT r.* FROM ${LIVE}.${table} r, (${cut}) cut WHERE ${isFrozen}`,
    ),
  ]
})

/** What was counted of calls that are no longer kept stays as it is: no log can tell it again. */
export async function copyFrozen(tx: Tx, companyId: string): Promise<void> {
  for (const query of copies) await run(tx, query, [companyId])
}
