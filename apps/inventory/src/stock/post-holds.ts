import type { Author, EventData, stockReleased, stockReserved } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import { figuresOf } from './event-figures.ts'
import { quantityNumber } from './exact.ts'
import { isChanged, type Level } from './level.ts'
import { noteLowStock } from './note-low-stock.ts'
import type { OpenStock } from './open-stock.ts'
import { updateReserved } from './stock.repository.ts'

type HoldEvent = typeof stockReserved | typeof stockReleased
type Holder = Omit<EventData<HoldEvent>, 'lines'>

/** Stores what opened stock is spoken for, with its event. No goods move, so the ledger has no part in it. */
export async function postHolds(
  tx: Tx,
  author: Author,
  stock: OpenStock,
  { event, holder, version }: { event: HoldEvent; holder: Holder; version: number },
): Promise<void> {
  const levels = stock.levels.filter(isChanged)
  if (levels.length === 0) return
  await updateReserved(tx, author.companyId, levels)
  await noteLowStock(tx, author, levels)
  append(tx, author, event, { id: holder.reservationId, version }, { ...holder, lines: levels.map(lineOf) })
}

function lineOf(level: Level): EventData<HoldEvent>['lines'][number] {
  return {
    productId: level.productId,
    sku: level.sku,
    productName: level.productName,
    locationId: level.locationId,
    quantity: quantityNumber(level.reserved - level.before.reserved),
    before: figuresOf(level.before),
    after: figuresOf(level),
  }
}
