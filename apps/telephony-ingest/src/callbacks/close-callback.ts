import { type Actor, callbackAssigned, callbackCompleted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { ensureUser } from '../agents/ensure-user.ts'
import { assignCallbackRow, completeCallbackRow, lockCallback, type StoredCallback } from './callbacks.repository.ts'

type Target = { readonly id: string; readonly ifMatch: number | undefined }

/** Says who calls back; whoever asks where nobody is named. */
export async function assignCallback(
  tx: Tx,
  actor: Actor,
  { assignedToId, ...target }: Target & { readonly assignedToId: string | undefined },
): Promise<StoredCallback> {
  await lockOpen(tx, actor, target)
  const userId = assignedToId ?? actor.userId
  if (userId === null)
    throw new AppError('invalid', 'validation_failed', 'assignedToId: is required when the caller is not a user.')
  await ensureUser(tx, actor, userId)
  const saved = await assignCallbackRow(tx, actor.companyId, { id: target.id, assignedToId: userId })
  return told(tx, actor, callbackAssigned, saved, target.id)
}

/** Closes a callback as done. */
export async function completeCallback(
  tx: Tx,
  actor: Actor,
  { note, ...target }: Target & { readonly note: string | undefined },
): Promise<StoredCallback> {
  await lockOpen(tx, actor, target)
  const saved = await completeCallbackRow(tx, actor.companyId, { id: target.id, note })
  return told(tx, actor, callbackCompleted, saved, target.id)
}

async function lockOpen(tx: Tx, actor: Actor, { id, ifMatch }: Target): Promise<void> {
  const before = await lockCallback(tx, actor.companyId, id)
  if (before === undefined) throw notFound('callback', id)
  ensureVersion(before, ifMatch)
  if (before.status === 'DONE' || before.status === 'AUTO_RESOLVED') {
    throw new AppError('conflict', 'invalid_state', `Callback '${id}' is ${before.status}; a closed one stays closed.`)
  }
}

function told(
  tx: Tx,
  actor: Actor,
  event: typeof callbackAssigned | typeof callbackCompleted,
  saved: StoredCallback | undefined,
  id: string,
): StoredCallback {
  if (saved === undefined) throw notFound('callback', id)
  append(tx, actor, event, saved, { callback: JSON.parse(saved.json) })
  return saved
}
