import type { Versioned } from '@dealwire/http'
import { findProvider } from '../providers/providers.ts'
import type { StoredConnection } from './connections.repository.ts'

/** A connection with the absolute address of its webhook and, where it is shown, its secret (null: shown before). */
export function connectionJson(stored: StoredConnection, publicUrl: string, secret?: string | null): Versioned {
  const connection = JSON.parse(stored.json) as { webhookUrl: string }
  // An address with a part that must not be guessed is shown with the secret that it is made from.
  const token = typeof secret === 'string' ? findProvider(stored.provider)?.pathTokenOf?.(secret, stored.id) : undefined
  const answer = {
    ...connection,
    webhookUrl: publicUrl + connection.webhookUrl + (token === undefined ? '' : `/${token}`),
    ...(secret === undefined ? {} : { secret }),
  }
  return { json: JSON.stringify(answer), version: stored.version }
}
