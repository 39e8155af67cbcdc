import type {
  Author,
  CompanySettings,
  EventData,
  stockAdjusted,
  stockConsumed,
  stockReceived,
  stockReturned,
  stockTransferred,
  TransactionKind,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { figuresOf } from './event-figures.ts'
import { moneyText, quantityNumber } from './exact.ts'
import { isChanged, type Level } from './level.ts'
import { noteLowStock } from './note-low-stock.ts'
import type { OpenStock } from './open-stock.ts'
import { insertPosting } from './stock.repository.ts'

type StockEvent =
  | typeof stockConsumed
  | typeof stockReceived
  | typeof stockAdjusted
  | typeof stockTransferred
  | typeof stockReturned

export type Posting = {
  readonly id: string
  readonly occurredAt: string
  readonly currency: string
  readonly levels: readonly Level[]
}

/** Who posts, and in what currency stock is valued: a caller, or an event on behalf of its company. */
export type Poster = Author & { readonly company: Pick<CompanySettings, 'currency'> }

type PostingHead = {
  readonly kind: TransactionKind
  readonly event: StockEvent
  readonly workOrderId?: string | null
  readonly purchaseOrderId?: string | null
}

/** Stores what was done to opened stock as one posting, with its event. The only way in which stock changes. */
export async function postStock(tx: Tx, actor: Poster, stock: OpenStock, head: PostingHead): Promise<Posting> {
  const posting = {
    id: newId(),
    kind: head.kind,
    workOrderId: head.workOrderId ?? null,
    purchaseOrderId: head.purchaseOrderId ?? null,
    actorId: actor.userId,
    occurredAt: stock.occurredAt,
    currency: actor.company.currency,
  }
  const levels = stock.levels.filter(isChanged)
  await insertPosting(tx, actor.companyId, posting, levels)
  await noteLowStock(tx, actor, levels)
  append(
    tx,
    actor,
    head.event,
    { id: posting.id, version: 1 },
    {
      postingId: posting.id,
      workOrderId: posting.workOrderId,
      purchaseOrderId: posting.purchaseOrderId,
      occurredAt: posting.occurredAt,
      currency: posting.currency,
      lines: levels.filter((level) => level.entries.length > 0).map(eventLine),
      totalValue: moneyText(sumOf(levels)),
    },
  )
  return { ...posting, levels }
}

export function valueChange(level: Level): bigint {
  return level.value - level.before.value
}

export function sumOf(levels: readonly Level[]): bigint {
  return levels.reduce((sum, level) => sum + valueChange(level), 0n)
}

function eventLine(level: Level): EventData<StockEvent>['lines'][number] {
  return {
    productId: level.productId,
    sku: level.sku,
    productName: level.productName,
    category: level.category,
    locationId: level.locationId,
    quantity: quantityNumber(level.onHand - level.before.onHand),
    value: moneyText(valueChange(level)),
    seq: level.seq,
    before: figuresOf(level.before),
    after: figuresOf(level),
  }
}
