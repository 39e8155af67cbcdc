import { type Executor, run, statement, type Tx } from '@dealwire/db/client'
import type { JWK } from 'jose'

type SigningKey = { readonly kid: string; readonly publicJwk: JWK; readonly sealedPrivateKey: Buffer }

/** `settled`: old enough for every gateway to have read it. */
export type StoredSigningKey = SigningKey & { readonly settled: boolean }

/** The live keys, newest first. */
export async function listSigningKeys(executor: Executor, count: number): Promise<StoredSigningKey[]> {
  return run<StoredSigningKey>(executor, listStatement, [count])
}

const listStatement = statement(
  'list_signing_keys',
  `SELECT kid, public_jwk AS "publicJwk", sealed_private_key AS "sealedPrivateKey", created_at < now() - interval '1 minute' AS settled
   FROM signing_keys ORDER BY created_at DESC, kid LIMIT $1`,
)

/** Held until the transaction ends: of several gateways that start at once, one makes the first key. */
export async function lockSigningKeys(tx: Tx): Promise<void> {
  await run(tx, lockStatement, [])
}

const lockStatement = statement('lock_signing_keys', `SELECT pg_advisory_xact_lock(hashtext('identity.signing_keys'))`)

export async function insertSigningKey(tx: Tx, key: SigningKey): Promise<void> {
  await run(tx, insertStatement, [key.kid, JSON.stringify(key.publicJwk), key.sealedPrivateKey])
}

const insertStatement = statement(
  'insert_signing_key',
  'INSERT INTO signing_keys (kid, public_jwk, sealed_private_key) VALUES ($1, $2::jsonb, $3)',
)

/** Forgets all but the newest keys. */
export async function deleteOldSigningKeys(tx: Tx, keep: number): Promise<void> {
  await run(tx, deleteStatement, [keep])
}

const deleteStatement = statement(
  'delete_old_signing_keys',
  `DELETE FROM signing_keys WHERE kid NOT IN (SELECT kid FROM signing_keys ORDER BY created_at DESC, kid LIMIT $1)`,
)
