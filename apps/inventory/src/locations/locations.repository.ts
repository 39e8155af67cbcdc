import type { Location } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

/** A location as finished JSON, and as the value it was made from. */
export type StoredLocation = { readonly json: string; readonly version: number; readonly location: Location }

export const locationFields = ['key', 'name', 'kind'] as const
/** What a caller may set. */
export type LocationFields = Pick<Location, (typeof locationFields)[number]>
export type LockedLocation = LocationFields & Pick<Location, 'id' | 'isDefault' | 'version'>

const ITEM = `json_build_object('id', l.id, 'key', l.key, 'name', l.name, 'kind', l.kind, 'isDefault', l.is_default,
  'version', l.version, 'createdAt', iso(l.created_at), 'updatedAt', iso(l.updated_at))`

export const locationList: ListSpec = {
  name: 'locations',
  from: 'locations l',
  alias: 'l',
  where: 'l.company_id = $1 AND l.deleted_at IS NULL',
  item: ITEM,
  sorts: {
    createdAt: { expression: 'l.created_at', type: 'timestamptz' },
    name: { expression: 'lower(l.name COLLATE pg_c_utf8)', type: 'text' },
    key: { expression: 'l.key', type: 'text' },
  },
  filters: { kind: 'l.kind = $?::text' },
}

/** Does nothing when the company has a default location already; waits for one that is being made. */
export async function insertDefaultLocation(
  tx: Tx,
  companyId: string,
  location: LocationFields & { id: string },
): Promise<void> {
  await run(tx, insertDefaultStatement, [companyId, location.id, location.key, location.name, location.kind])
}

// No conflict target: of two at once the second may meet the first in either unique index, that of defaults or that of keys.
const insertDefaultStatement = statement(
  'insert_default_location',
  `INSERT INTO locations (company_id, id, key, name, kind, is_default) VALUES ($1, $2, $3, $4, $5, true) ON CONFLICT DO NOTHING`,
)

export async function findDefaultLocation(executor: Executor, companyId: string): Promise<{ id: string } | undefined> {
  return runOne(executor, findDefaultStatement, [companyId])
}

const findDefaultStatement = statement(
  'find_default_location',
  'SELECT id FROM locations WHERE company_id = $1 AND is_default AND deleted_at IS NULL',
)

export async function findLocation(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<StoredLocation | undefined> {
  const found = await runOne<{ json: string }>(executor, findStatement, [companyId, id])
  return found === undefined ? undefined : stored(found.json)
}

const findStatement = statement(
  'find_location',
  `SELECT ${ITEM}::text AS json FROM locations l WHERE l.company_id = $1 AND l.id = $2 AND l.deleted_at IS NULL`,
)

/** Locks the row until the transaction ends, so that a change is made to what is stored now. */
export async function lockLocation(tx: Tx, companyId: string, id: string): Promise<LockedLocation | undefined> {
  return runOne(tx, lockStatement, [companyId, id])
}

// FOR UPDATE, not FOR NO KEY UPDATE: it also waits for, and holds back, those who bring a product here for the first time.
const lockStatement = statement(
  'lock_location',
  `SELECT id, key, name, kind, is_default AS "isDefault", version FROM locations
   WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE`,
)

export async function insertLocation(
  tx: Tx,
  companyId: string,
  location: LocationFields & { id: string },
): Promise<StoredLocation> {
  return written(
    await runOne(tx, insertStatement, [companyId, location.id, location.key, location.name, location.kind]),
  )
}

const insertStatement = statement(
  'insert_location',
  `WITH made AS (INSERT INTO locations (company_id, id, key, name, kind) VALUES ($1, $2, $3, $4, $5) RETURNING *)
   SELECT ${ITEM}::text AS json FROM made l`,
)

export async function updateLocationRow(tx: Tx, companyId: string, location: LockedLocation): Promise<StoredLocation> {
  return written(
    await runOne(tx, updateStatement, [companyId, location.id, location.key, location.name, location.kind]),
  )
}

const updateStatement = statement(
  'update_location',
  `WITH saved AS (
     UPDATE locations SET key = $3, name = $4, kind = $5, version = version + 1, updated_at = statement_timestamp()
     WHERE company_id = $1 AND id = $2 RETURNING *)
   SELECT ${ITEM}::text AS json FROM saved l`,
)

/** Waits for whoever changes stock here; true when something is left. */
export async function lockLocationStock(tx: Tx, companyId: string, id: string): Promise<boolean> {
  const found = await runOne<{ has_stock: boolean }>(tx, lockStockStatement, [companyId, id])
  return found?.has_stock === true
}

const lockStockStatement = statement(
  'lock_location_stock',
  `WITH locked AS (
     SELECT on_hand FROM stock_levels WHERE company_id = $1 AND location_id = $2 ORDER BY product_id FOR NO KEY UPDATE
   ) SELECT coalesce(bool_or(on_hand > 0), false) AS has_stock FROM locked`,
)

export async function deleteLocationRow(tx: Tx, companyId: string, id: string): Promise<void> {
  await run(tx, deleteStatement, [companyId, id])
}

const deleteStatement = statement(
  'delete_location',
  `UPDATE locations SET deleted_at = statement_timestamp(), updated_at = statement_timestamp(), version = version + 1
   WHERE company_id = $1 AND id = $2`,
)

function written(row: { json: string } | undefined): StoredLocation {
  if (row === undefined) throw new Error('A write of a location answered no row')
  return stored(row.json)
}

function stored(json: string): StoredLocation {
  const location = JSON.parse(json) as Location
  return { json, version: location.version, location }
}
