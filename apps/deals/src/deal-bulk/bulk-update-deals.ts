import type { Actor, BodyOf, bulkUpdateDealsRoute, DealBulkAnswer, DealBulkResult } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import { changedFields, isEmpty } from '@dealwire/messaging'
import { bulkAnswer, type Refusal, refusalOf } from './bulk.ts'
import { type BulkChange, type BulkDeal, lockDealsForChange, updateDealRows } from './deal-bulk.repository.ts'
import { tellChanges } from './tell-changes.ts'

type Input = BodyOf<typeof bulkUpdateDealsRoute>
type Changes = Input['changes']

/** Makes one change to many deals as a set: two statements, and history and events with COMMIT, however many there are. */
export async function bulkUpdateDeals(tx: Tx, actor: Actor, { ids, changes, atomic }: Input): Promise<DealBulkAnswer> {
  const locked = await lockDealsForChange(tx, actor, { ids, stage: changes.stage, assignedToId: changes.assignedToId })
  if (changes.assignedToId && !locked.assigneeExists) throw notFound('user', changes.assignedToId)

  const items = ids.map((id) => planItem(actor, id, locked.deals.get(id), changes))
  const planned = items.flatMap(({ change }) => change ?? [])
  const answer = bulkAnswer(
    items.map(({ result }) => result),
    atomic,
  )

  const saved = await updateDealRows(tx, actor, planned)
  if (saved.length !== planned.length) throw overtaken()
  await tellChanges(tx, actor, locked.deals, saved)
  return answer
}

/** A stage that was there under the locks of the deals is gone: its pipeline was rebuilt in between. */
function overtaken(): AppError {
  return new AppError('conflict', 'concurrent_change', 'The stages of a pipeline have just changed; try again.')
}

type Item = { readonly result: DealBulkResult; readonly change?: BulkChange }

function planItem(actor: Actor, id: string, deal: BulkDeal | undefined, changes: Changes): Item {
  const refusal = refusalOf(actor, deal) ?? moveRefusal(deal, changes)
  if (refusal !== undefined || deal === undefined) return { result: { id, ...(refusal ?? missing) } }
  const change = changeOf(deal, changes)
  if (isEmpty(changedFields(deal, change, ['stage', 'priority', 'assignedToId', 'tags', 'lostReason']))) {
    return { result: { id, status: 'noop', version: deal.version } }
  }
  return { result: { id, status: 'ok', version: deal.version + 1 }, change }
}

const missing: Refusal = { status: 'not_found', code: 'not_found' }

function moveRefusal(deal: BulkDeal | undefined, changes: Changes): Refusal | undefined {
  if (deal === undefined || changes.stage === undefined) return undefined
  if (deal.targetKind === null) return { status: 'invalid', code: 'stage_not_found' }
  const closes = deal.targetKind !== deal.stageKind && deal.targetKind !== 'OPEN'
  if (closes && deal.rate === null) return { status: 'conflict', code: 'currency_rate_missing' }
  const reason = changes.lostReason ?? deal.lostReason
  return deal.targetKind === 'LOST' && reason === null
    ? { status: 'conflict', code: 'lost_reason_required' }
    : undefined
}

/** A reopened deal has no lost reason; what the statement clears is not asked for here. */
function changeOf(deal: BulkDeal, changes: Changes): BulkChange {
  const removed = new Set(changes.removeTags)
  return {
    id: deal.id,
    stage: changes.stage ?? deal.stage,
    priority: changes.priority ?? deal.priority,
    assignedToId: changes.assignedToId === undefined ? deal.assignedToId : changes.assignedToId,
    lostReason: changes.lostReason ?? deal.lostReason,
    tags: [...new Set([...deal.tags, ...(changes.addTags ?? [])])].filter((tag) => !removed.has(tag)),
    rate: deal.rate ?? '1',
  }
}
