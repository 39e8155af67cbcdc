import { setTimeout as pause } from 'node:timers/promises'
import type { Actor } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { type EntryKind, findMissing } from './directory.repository.ts'

type References = {
  readonly userIds?: readonly string[] | undefined
  readonly customerId?: string | null | undefined
  readonly dealId?: string | null | undefined
}

/** How long an event of another service may take to get here; what is older than that and unknown does not exist. */
const GRACE_MS = 30_000
const LONGEST_WAIT_MS = 2_000
const POLL_MS = 40

/**
 * Throws `not_found` for users, customers and deals that the company does not have. What was made a moment ago may be known to its
 * own service only: ids tell their age, and for a fresh one this waits for the event. Called before the transaction, which must not wait.
 */
export async function ensureKnown(database: Database, actor: Actor, references: References): Promise<void> {
  const wanted = wantedOf(actor, references)
  if (wanted.length === 0) return
  const endsAt = Date.now() + LONGEST_WAIT_MS
  for (;;) {
    const missing = await findMissing(database, actor.companyId, wanted)
    if (missing.length === 0) return
    const gone = missing.find(({ id }) => !isFresh(id)) ?? (Date.now() > endsAt ? missing[0] : undefined)
    if (gone !== undefined) throw notFound(gone.kind, gone.id)
    await pause(POLL_MS)
  }
}

/** Whoever calls is known to exist. */
function wantedOf(actor: Actor, { userIds = [], customerId, dealId }: References): { kind: EntryKind; id: string }[] {
  const wanted = userIds.filter((id) => id !== actor.userId).map((id) => ({ kind: 'user' as EntryKind, id }))
  if (typeof customerId === 'string') wanted.push({ kind: 'customer', id: customerId })
  if (typeof dealId === 'string') wanted.push({ kind: 'deal', id: dealId })
  return wanted
}

/** The first 48 bits of a UUIDv7 are the milliseconds at which it was made. */
function isFresh(id: string): boolean {
  if (id[14] !== '7') return false
  return Math.abs(Date.now() - Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)) < GRACE_MS
}
