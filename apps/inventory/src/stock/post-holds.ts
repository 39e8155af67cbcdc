import type { Author, EventData, stockReleased, stockReserved } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { figuresOf } from './event-figures.ts'
import { quantityNumber } from './exact.ts'
import { isChanged, type Level } from './level.ts'
import { noteLowStock } from './note-low-stock.ts'
import type { OpenStock } from './open-stock.ts'
import { updateReserved } from './stock.repository.ts'

/** Stores what opened stock is spoken for, and answers what changed. No goods move, so the ledger has no part in it. */
export async function postHolds(tx: Tx, author: Author, stock: OpenStock): Promise<readonly Level[]> {
  const levels = stock.levels.filter(isChanged)
  if (levels.length === 0) return levels
  await updateReserved(tx, author.companyId, levels)
  await noteLowStock(tx, author, levels)
  return levels
}

/** How much of a level is spoken for, before and after, as events tell it. */
export function holdLine(
  level: Level,
  before: bigint,
  after: bigint,
): EventData<typeof stockReserved | typeof stockReleased>['lines'][number] {
  return {
    productId: level.productId,
    sku: level.sku,
    productName: level.productName,
    locationId: level.locationId,
    quantity: quantityNumber(after - before),
    before: figuresOf({ ...level, reserved: before }),
    after: figuresOf({ ...level, reserved: after }),
  }
}
