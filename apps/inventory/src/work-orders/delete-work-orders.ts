import { type Actor, type BulkResult, workOrderDeleted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { mayChange } from '../access/ensure-may-change.ts'
import { freeHolds, lockWorkOrderHolds } from '../reservations/work-order-holds.ts'
import { isPossible } from './work-order.ts'
import { type Deletable, deleteWorkOrderRows, lockDeletable } from './work-order-deletion.repository.ts'
import { insertActivities } from './work-orders.repository.ts'

export type BulkAnswer = {
  readonly results: readonly BulkResult[]
  readonly summary: { ok: number; noop: number; failed: number }
}

/** Deletes drafts and cancelled orders; in `atomic` mode all or none. */
export async function deleteWorkOrders(
  tx: Tx,
  actor: Actor,
  { ids, atomic }: { ids: readonly string[]; atomic: boolean },
): Promise<BulkAnswer> {
  const found = new Map((await lockDeletable(tx, actor.companyId, ids)).map((order) => [order.id, order]))
  const results = ids.map((id) => resultOf(actor, id, found.get(id), ids))
  const answer = { results, summary: summaryOf(results) }
  if (atomic && answer.summary.failed > 0)
    throw new AppError(
      'conflict',
      'bulk_rejected',
      `${answer.summary.failed} of ${ids.length} cannot be deleted; none was.`,
      {
        extensions: answer,
      },
    )

  const deleted = results.filter(({ status }) => status === 'ok').flatMap(({ id }) => found.get(id) ?? [])
  if (deleted.length > 0) await deleteAll(tx, actor, deleted)
  return answer
}

async function deleteAll(tx: Tx, actor: Actor, orders: readonly Deletable[]): Promise<void> {
  const ids = orders.map(({ id }) => id)
  await freeHolds(tx, actor, await lockWorkOrderHolds(tx, actor.companyId, ids))
  await deleteWorkOrderRows(tx, actor.companyId, ids)
  await insertActivities(
    tx,
    actor.companyId,
    ids.map((id) => ({ id: newId(), workOrderId: id, action: 'deleted', details: {}, actorId: actor.userId })),
  )
  for (const { id, number, version } of orders) {
    const workOrder = { id, number, version: version + 1 }
    append(tx, actor, workOrderDeleted, workOrder, { workOrder })
  }
}

function resultOf(actor: Actor, id: string, order: Deletable | undefined, ids: readonly string[]): BulkResult {
  if (order === undefined) return { id, status: 'not_found', code: 'not_found' }
  if (!mayChange(actor, order)) return { id, status: 'forbidden', code: 'forbidden' }
  if (!isPossible('deleted', order.status)) return { id, status: 'conflict', code: 'invalid_state' }
  if (order.partIds.some((part) => !ids.includes(part))) return { id, status: 'conflict', code: 'has_parts' }
  return { id, status: 'ok', version: order.version + 1 }
}

function summaryOf(results: readonly BulkResult[]): BulkAnswer['summary'] {
  const count = (status: BulkResult['status']) => results.filter((result) => result.status === status).length
  const [ok, noop] = [count('ok'), count('noop')]
  return { ok, noop, failed: results.length - ok - noop }
}
