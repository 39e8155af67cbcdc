import type { AnswerOf, getApiKeyRoute } from '@dealwire/contracts'
import { type Executor, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import type { KeyParts } from './api-key.ts'

export type ApiKey = AnswerOf<typeof getApiKeyRoute, 200>

const ITEM = `json_build_object('id', k.id, 'name', k.name, 'prefix', k.prefix, 'permissions', k.permissions, 'createdById', k.created_by_id,
  'expiresAt', iso(k.expires_at), 'lastUsedAt', iso(k.last_used_at), 'version', k.version, 'createdAt', iso(k.created_at))`

type Row = { item: ApiKey }

export const apiKeyList: ListSpec = {
  name: 'api_keys',
  from: 'api_keys k',
  alias: 'k',
  where: 'k.company_id = $1 AND k.revoked_at IS NULL',
  item: ITEM,
  sorts: {
    createdAt: { expression: 'k.created_at', type: 'timestamptz' },
    name: { expression: 'lower(k.name COLLATE pg_c_utf8)', type: 'text' },
  },
  filters: {
    q: 'strpos(fold(k.name), fold($?)) > 0',
    createdById: 'k.created_by_id = $?',
  },
}

export async function findApiKey(executor: Executor, companyId: string, id: string): Promise<ApiKey | undefined> {
  const row = await runOne<Row>(executor, findStatement, [companyId, id])
  return row?.item
}

const findStatement = statement(
  'find_api_key',
  `SELECT ${ITEM} AS item FROM api_keys k WHERE k.company_id = $1 AND k.id = $2 AND k.revoked_at IS NULL`,
)

/** Locks the row until the transaction ends. */
export async function lockApiKey(tx: Tx, companyId: string, id: string): Promise<ApiKey | undefined> {
  const row = await runOne<Row>(tx, lockStatement, [companyId, id])
  return row?.item
}

const lockStatement = statement(
  'lock_api_key',
  `SELECT ${ITEM} AS item FROM api_keys k WHERE k.company_id = $1 AND k.id = $2 AND k.revoked_at IS NULL FOR UPDATE`,
)

type NewApiKey = Pick<ApiKey, 'id' | 'name' | 'permissions' | 'expiresAt'> & { readonly createdById: string | null }

export async function insertApiKey(tx: Tx, companyId: string, row: NewApiKey, parts: KeyParts): Promise<ApiKey> {
  const values = [companyId, row.id, row.name, parts.prefix, parts.secretHash, row.permissions, row.createdById]
  const made = await runOne<Row>(tx, insertStatement, [...values, row.expiresAt])
  if (made === undefined) throw new Error('The insert of an API key answered no row')
  return made.item
}

const insertStatement = statement(
  'insert_api_key',
  `WITH known AS (
     INSERT INTO api_key_prefixes (prefix, company_id, api_key_id) VALUES ($4, $1, $2)
   ), made AS (
     INSERT INTO api_keys (company_id, id, name, prefix, secret_hash, permissions, created_by_id, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *
   ) SELECT ${ITEM} AS item FROM made k`,
)

/** The row stays, so that what the key did keeps its name; the way to it is gone. */
export async function endApiKey(tx: Tx, companyId: string, id: string): Promise<void> {
  await runOne(tx, endStatement, [companyId, id])
}

const endStatement = statement(
  'end_api_key',
  `WITH unknown AS (
     DELETE FROM api_key_prefixes p USING api_keys k
     WHERE k.company_id = $1 AND k.id = $2 AND p.prefix = k.prefix
   )
   UPDATE api_keys SET revoked_at = statement_timestamp(), version = version + 1 WHERE company_id = $1 AND id = $2`,
)
