import {
  type Actor,
  type BodyOf,
  type createQueueRoute,
  queueCreated,
  queueDeleted,
  queueUpdated,
  type updateQueueRoute,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged, newId } from '@dealwire/messaging'
import {
  deleteQueueRow,
  findQueue,
  insertQueue,
  lockQueue,
  type StoredQueue,
  updateQueueRow,
} from './queues.repository.ts'

export async function createQueue(tx: Tx, actor: Actor, body: BodyOf<typeof createQueueRoute>): Promise<StoredQueue> {
  const made = await insertQueue(tx, actor.companyId, { ...body, id: newId() })
  if (made === undefined)
    throw new AppError('conflict', 'duplicate', `A queue with the key '${body.key}' already exists.`)
  append(tx, actor, queueCreated, made, { queue: JSON.parse(made.json) })
  return made
}

type UpdateQueueInput = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateQueueRoute>
}

export async function updateQueue(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, changes }: UpdateQueueInput,
): Promise<StoredQueue> {
  const { version, ...before } = await getLocked(tx, actor, id, ifMatch)
  const after = merged(before, changes)
  const isSame = isEmpty(changedFields(before, after, Object.keys(changes)))
  const saved = isSame ? await findQueue(tx, actor.companyId, id) : await updateQueueRow(tx, actor.companyId, id, after)
  if (saved === undefined) throw notFound('queue', id)
  if (!isSame) append(tx, actor, queueUpdated, saved, { queue: JSON.parse(saved.json) })
  return saved
}

export async function deleteQueue(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<void> {
  await getLocked(tx, actor, id, ifMatch)
  const deleted = await deleteQueueRow(tx, actor.companyId, id)
  if (deleted !== undefined) append(tx, actor, queueDeleted, deleted, { queue: JSON.parse(deleted.json) })
}

async function getLocked(tx: Tx, actor: Actor, id: string, ifMatch: number | undefined) {
  const before = await lockQueue(tx, actor.companyId, id)
  if (before === undefined) throw notFound('queue', id)
  ensureVersion(before, ifMatch)
  return before
}
