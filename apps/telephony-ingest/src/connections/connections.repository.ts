import type { ConnectionSettings } from '@dealwire/contracts'
import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

/** A connection as finished JSON, but for the address that its webhook has. */
export type StoredConnection = {
  readonly json: string
  readonly id: string
  readonly provider: string
  readonly version: number
}

const ITEM = `json_build_object('id', n.id, 'name', n.name, 'provider', n.provider, 'status', n.status,
  'webhookUrl', '/v1/telephony/webhooks/' || n.provider || '/' || n.id, 'isDefault', n.is_default,
  'lastEventAt', iso(a.last_event_at), 'eventsCount', coalesce(a.events, 0), 'duplicatesCount', coalesce(a.duplicates, 0),
  'refusedCount', coalesce(a.refused, 0),
  'outOfOrderCount', coalesce(a.out_of_order, 0), 'stuckCallsCount', (SELECT count(*) FROM calls c WHERE c.company_id = n.company_id
     AND c.connection_id = n.id AND c.ended_at IS NULL AND c.merged_into_id IS NULL AND c.last_event_at < now() - interval '1 hour'),
  'lagMs', a.lag_ms,
  'settings', n.settings, 'version', n.version, 'createdAt', iso(n.created_at), 'updatedAt', iso(n.updated_at))`
const JOINS = 'LEFT JOIN connection_activity a ON a.company_id = n.company_id AND a.connection_id = n.id'
const ANSWER = `${ITEM}::text AS json, n.id, n.provider, n.version`

/** Addresses in the list are absolute: the origin is the same for all of a service's life. */
export function connectionList(publicUrl: string): ListSpec {
  return {
    name: 'connections',
    from: 'connections n',
    alias: 'n',
    where: 'n.company_id = $1 AND n.deleted_at IS NULL',
    item: ITEM.replace(`'/v1/`, `'${publicUrl.replaceAll("'", "''")}/v1/`),
    joins: JOINS,
    sorts: {
      createdAt: { expression: 'n.created_at', type: 'timestamptz' },
      name: { expression: 'lower(n.name COLLATE pg_c_utf8)', type: 'text' },
    },
    filters: {
      provider: 'n.provider = $?',
      status: 'n.status = $?',
      q: `n.name ILIKE '%' || replace(replace(replace($?, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`,
    },
  }
}

export async function findConnection(
  executor: Executor,
  companyId: string,
  id: string,
): Promise<StoredConnection | undefined> {
  return runOne(executor, find, [companyId, id])
}

const find = statement(
  'find_connection',
  `SELECT ${ANSWER} FROM connections n ${JOINS} WHERE n.company_id = $1 AND n.id = $2 AND n.deleted_at IS NULL`,
)

export type NewConnection = {
  readonly id: string
  readonly name: string
  readonly provider: string
  readonly secret: Buffer
  readonly settings: ConnectionSettings
}

export async function insertConnection(tx: Tx, companyId: string, made: NewConnection): Promise<StoredConnection> {
  const values = [companyId, made.id, made.name, made.provider, made.secret, JSON.stringify(made.settings)]
  return present(await runOne(tx, insert, values), made.id)
}

const insert = statement(
  'insert_connection',
  `WITH made AS (
     INSERT INTO connections (company_id, id, name, provider, secret, settings) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *
   ) SELECT ${ANSWER} FROM made n ${JOINS}`,
)

export type LockedConnection = {
  readonly id: string
  readonly name: string
  readonly provider: string
  readonly status: string
  readonly settings: ConnectionSettings
  readonly secret: Buffer
  readonly version: number
}

export async function lockConnection(tx: Tx, companyId: string, id: string): Promise<LockedConnection | undefined> {
  return runOne(tx, lock, [companyId, id])
}

const lock = statement(
  'lock_connection',
  `SELECT id, name, provider, status, settings, secret, version FROM connections
   WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE`,
)

type Changed = Pick<LockedConnection, 'id' | 'name' | 'status' | 'settings'>

export async function updateConnectionRow(tx: Tx, companyId: string, changed: Changed): Promise<StoredConnection> {
  const values = [companyId, changed.id, changed.name, changed.status, JSON.stringify(changed.settings)]
  return present(await runOne(tx, update, values), changed.id)
}

const update = statement(
  'update_connection',
  `WITH saved AS (
     UPDATE connections SET name = $3, status = $4, settings = $5, version = version + 1, updated_at = now()
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ANSWER} FROM saved n ${JOINS}`,
)

/** The secret before it stays valid for `graceSeconds`. */
export async function replaceSecret(
  tx: Tx,
  companyId: string,
  { id, secret, graceSeconds }: { id: string; secret: Buffer; graceSeconds: number },
): Promise<StoredConnection> {
  return present(await runOne(tx, rotate, [companyId, id, secret, graceSeconds]), id)
}

const rotate = statement(
  'rotate_connection_secret',
  `WITH saved AS (
     UPDATE connections SET secret = $3, previous_secret = CASE WHEN $4::int > 0 THEN secret END,
       previous_secret_until = CASE WHEN $4::int > 0 THEN now() + make_interval(secs => $4::int) END,
       version = version + 1, updated_at = now()
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ANSWER} FROM saved n ${JOINS}`,
)

export async function deleteConnectionRow(tx: Tx, companyId: string, id: string): Promise<void> {
  await run(tx, remove, [companyId, id])
}

const remove = statement(
  'delete_connection',
  `UPDATE connections SET deleted_at = now(), updated_at = now(), version = version + 1 WHERE company_id = $1 AND id = $2`,
)

export type ConnectionRow = {
  readonly companyId: string
  readonly id: string
  readonly provider: string
  readonly status: string
  readonly settings: ConnectionSettings
  readonly secret: Buffer
  readonly previousSecret: Buffer | null
  readonly previousSecretUntil: Date | null
}

/** By its id alone: a webhook knows no company, it follows from the connection. */
export async function findConnectionRow(executor: Executor, id: string): Promise<ConnectionRow | undefined> {
  return runOne(executor, findRow, [id])
}

const findRow = statement(
  'find_connection_row',
  `SELECT company_id AS "companyId", id, provider, status, settings, secret, previous_secret AS "previousSecret",
     previous_secret_until AS "previousSecretUntil"
   FROM connections WHERE id = $1 AND deleted_at IS NULL`,
)

/** Makes the company's own connection unless it has one. Undefined: another process is just making it; ask again. */
export async function ensureDefaultConnection(
  executor: Executor,
  companyId: string,
  made: NewConnection,
): Promise<string | undefined> {
  const values = [companyId, made.id, made.name, made.provider, made.secret, JSON.stringify(made.settings)]
  const row = await runOne<{ id: string }>(executor, ensureDefault, values)
  return row?.id
}

const ensureDefault = statement(
  'ensure_default_connection',
  `WITH found AS (
     SELECT id FROM connections WHERE company_id = $1 AND is_default AND deleted_at IS NULL
   ), made AS (
     INSERT INTO connections (company_id, id, name, provider, secret, settings, is_default)
     SELECT $1, $2, $3, $4, $5, $6, true WHERE NOT EXISTS (SELECT FROM found)
     ON CONFLICT (company_id) WHERE is_default AND deleted_at IS NULL DO NOTHING
     RETURNING id
   ) SELECT id FROM found UNION ALL SELECT id FROM made`,
)

function present(row: StoredConnection | undefined, id: string): StoredConnection {
  if (row === undefined) throw new Error(`A write of connection '${id}' answered no row`)
  return row
}
