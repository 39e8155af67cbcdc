import type { Actor, BodyOf, updateConnectionRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { changedFields, isEmpty } from '@dealwire/messaging'
import { findConnection, lockConnection, type StoredConnection, updateConnectionRow } from './connections.repository.ts'
import { given } from './create-connection.ts'

type UpdateConnectionInput = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateConnectionRoute>
}

/** Changes the given fields and settings; the others stay as concurrent changes left them. */
export async function updateConnection(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, changes }: UpdateConnectionInput,
): Promise<StoredConnection> {
  const before = await lockConnection(tx, actor.companyId, id)
  if (before === undefined) throw notFound('connection', id)
  ensureVersion(before, ifMatch)
  const settings = { ...before.settings, ...given(changes.settings) }
  const after = { id, name: changes.name ?? before.name, status: changes.status ?? before.status, settings }
  if (!isEmpty(changedFields(before, after, ['name', 'status', 'settings'])))
    return updateConnectionRow(tx, actor.companyId, after)
  const unchanged = await findConnection(tx, actor.companyId, id)
  if (unchanged === undefined) throw notFound('connection', id)
  return unchanged
}
