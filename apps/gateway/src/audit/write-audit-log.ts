import type { Tx } from '@dealwire/db/client'
import type { AnyEvent } from '@dealwire/messaging'
import { insertAuditEntries } from './audit-entries.repository.ts'
import { auditEntry } from './audit-entry.ts'

/** Keeps what happened, whichever service it happened in. */
export async function writeAuditLog(tx: Tx, events: readonly AnyEvent[]): Promise<void> {
  await insertAuditEntries(tx, events.map(auditEntry))
}
