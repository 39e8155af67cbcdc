import type { Actor, ConnectionSettings } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { newId } from '@dealwire/messaging'
import { remember } from '../access/remember.ts'
import { type ConnectionRow, ensureDefaultConnection, findConnectionRow } from './connections.repository.ts'
import { settingsOf } from './create-connection.ts'
import { newSecret, type SecretBox } from './secret-box.ts'

/** What the ingest path needs to know of a connection. */
export type KnownConnection = {
  readonly companyId: string
  readonly id: string
  readonly provider: string
  readonly isDisabled: boolean
  readonly settings: ConnectionSettings
  readonly secrets: readonly { readonly value: string; readonly validUntilMs: number }[]
}

/** Connections by id, and every company's own. Changes made elsewhere show within two seconds. */
export type ConnectionDirectory = {
  find(id: string): Promise<KnownConnection | undefined>
  /** Makes the company's own connection on first use, once however many ask at once. */
  findOwn(actor: Actor): Promise<KnownConnection>
  forget(companyId: string, id: string): void
}

const TTL_MS = 2_000
const MAX_ENTRIES = 10_000
const MAX_ATTEMPTS = 5
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function createConnectionDirectory(database: Database, box: SecretBox): ConnectionDirectory {
  const byId = remember({
    ttlMs: TTL_MS,
    maxEntries: MAX_ENTRIES,
    load: async (id) => {
      const row = await findConnectionRow(database, id)
      return row === undefined ? undefined : toKnown(row, box)
    },
  })
  const ownIds = new Map<string, string>()

  async function findOwnId(actor: Actor): Promise<string> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const id = newId()
      const secret = box.seal(newSecret(), id)
      const made = { id, name: 'API', provider: 'generic', secret, settings: settingsOf(actor) }
      const found = await ensureDefaultConnection(database, actor.companyId, made)
      if (found !== undefined) return found
    }
    throw new AppError(
      'unavailable',
      'storage_busy',
      'The company’s connection is being created; try again in a moment.',
      {
        retryAfterSeconds: 1,
      },
    )
  }

  return {
    find: async (id) => (UUID.test(id.toLowerCase()) ? byId.get(id.toLowerCase()) : undefined),
    async findOwn(actor) {
      const id = ownIds.get(actor.companyId) ?? (await findOwnId(actor))
      const own = await byId.get(id)
      if (own === undefined) {
        // Deleted elsewhere since it was remembered.
        ownIds.delete(actor.companyId)
        throw new AppError(
          'unavailable',
          'storage_busy',
          'The company’s connection is being replaced; try again in a moment.',
          {
            retryAfterSeconds: 1,
          },
        )
      }
      if (ownIds.size >= MAX_ENTRIES) ownIds.clear()
      ownIds.set(actor.companyId, id)
      return own
    },
    forget(companyId, id) {
      byId.forget(id)
      ownIds.delete(companyId)
    },
  }
}

function toKnown(row: ConnectionRow, box: SecretBox): KnownConnection {
  const current = { value: box.open(row.secret, row.id), validUntilMs: Number.POSITIVE_INFINITY }
  const { previousSecret, previousSecretUntil: until } = row
  const previous =
    previousSecret === null || until === null
      ? []
      : [{ value: box.open(previousSecret, row.id), validUntilMs: until.getTime() }]
  return {
    companyId: row.companyId,
    id: row.id,
    provider: row.provider,
    isDisabled: row.status === 'DISABLED',
    settings: row.settings,
    secrets: [current, ...previous],
  }
}
