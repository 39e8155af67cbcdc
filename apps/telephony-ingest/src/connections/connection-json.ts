import type { Versioned } from '@dealwire/http'
import type { StoredConnection } from './connections.repository.ts'

/** A connection with the absolute address of its webhook and, where it is shown, its secret (null: shown before). */
export function connectionJson(stored: StoredConnection, publicUrl: string, secret?: string | null): Versioned {
  const connection = JSON.parse(stored.json) as { webhookUrl: string }
  const answer = {
    ...connection,
    webhookUrl: publicUrl + connection.webhookUrl,
    ...(secret === undefined ? {} : { secret }),
  }
  return { json: JSON.stringify(answer), version: stored.version }
}
