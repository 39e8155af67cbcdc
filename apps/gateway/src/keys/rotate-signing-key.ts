import { generateKeyPairSync, randomUUID } from 'node:crypto'
import type { Tx } from '@dealwire/db/client'
import { deleteOldSigningKeys, insertSigningKey, listSigningKeys, lockSigningKeys } from './signing-keys.repository.ts'
import type { Vault } from './vault.ts'

/** The newest key signs; tokens of the one before stay valid until they expire. */
export const LIVE_KEYS = 2

/** Makes a new signing key and drops the one that signed before the last. Rotate at most once per life of a token. */
export async function rotateSigningKey(tx: Tx, vault: Vault): Promise<string> {
  await lockSigningKeys(tx)
  return makeKey(tx, vault)
}

/** Makes the first key of a new installation; does nothing when there is one. */
export async function ensureSigningKey(tx: Tx, vault: Vault): Promise<void> {
  await lockSigningKeys(tx)
  const keys = await listSigningKeys(tx, 1)
  if (keys.length === 0) await makeKey(tx, vault)
}

async function makeKey(tx: Tx, vault: Vault): Promise<string> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const kid = randomUUID()
  const publicJwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' }
  await insertSigningKey(tx, {
    kid,
    publicJwk,
    sealedPrivateKey: vault.seal(privateKey.export({ format: 'der', type: 'pkcs8' })),
  })
  await deleteOldSigningKeys(tx, LIVE_KEYS)
  return kid
}
