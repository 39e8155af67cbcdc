import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { type Database, withTx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import type { JWK } from 'jose'
import { ensureSigningKey, LIVE_KEYS } from './rotate-signing-key.ts'
import { listSigningKeys } from './signing-keys.repository.ts'
import type { Vault } from './vault.ts'

type LoadedKey = {
  readonly kid: string
  readonly settled: boolean
  readonly publicJwk: JWK
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/** The keys of access tokens, as last read from the database. */
export type Keyring = {
  /** The key to sign with. */
  signingKey(): Promise<{ readonly kid: string; readonly privateKey: KeyObject }>
  /** The public key of this id; undefined when it is not, or no longer, ours. */
  publicKey(kid: string): Promise<KeyObject | undefined>
  jwks(): Promise<readonly JWK[]>
}

/** How old the knowledge of the keys may be: another gateway may have rotated them. */
const REFRESH_MS = 30_000
/** An unknown key id asks the database again, but a flood of forged tokens must not become a flood of queries. */
const UNKNOWN_KEY_MS = 1_000

export function openKeyring(database: Database, vault: Vault): Keyring {
  let keys: readonly LoadedKey[] = []
  let loadedAt = Number.NEGATIVE_INFINITY
  let loading: Promise<void> | undefined

  async function read(): Promise<void> {
    let rows = await listSigningKeys(database, LIVE_KEYS)
    if (rows.length === 0) {
      await withTx(database, (tx) => ensureSigningKey(tx, vault))
      rows = await listSigningKeys(database, LIVE_KEYS)
    }
    keys = rows.map((row) => {
      const privateKey = createPrivateKey({ key: vault.open(row.sealedPrivateKey), format: 'der', type: 'pkcs8' })
      return {
        kid: row.kid,
        settled: row.settled,
        publicJwk: row.publicJwk,
        privateKey,
        publicKey: createPublicKey(privateKey),
      }
    })
    loadedAt = performance.now()
  }

  async function refresh(olderThanMs: number): Promise<void> {
    if (performance.now() - loadedAt < olderThanMs) return
    loading ??= read().finally(() => {
      loading = undefined
    })
    try {
      await loading
    } catch (error) {
      // With the database away, the keys known so far are as good as they were; without any there is nothing to go on with.
      if (keys.length === 0) throw error
    }
  }

  return {
    async signingKey() {
      await refresh(REFRESH_MS)
      // A key that other gateways may not have read yet would make them refuse what it signed.
      const key = keys.find((known) => known.settled) ?? keys.at(-1)
      if (key === undefined)
        throw new AppError(
          'unavailable',
          'storage_unavailable',
          'No signing key could be read; try again in a moment.',
          { retryAfterSeconds: 1 },
        )
      return key
    },
    async publicKey(kid) {
      await refresh(REFRESH_MS)
      if (!keys.some((key) => key.kid === kid)) await refresh(UNKNOWN_KEY_MS)
      return keys.find((key) => key.kid === kid)?.publicKey
    },
    async jwks() {
      await refresh(REFRESH_MS)
      return keys.map((key) => key.publicJwk)
    },
  }
}
