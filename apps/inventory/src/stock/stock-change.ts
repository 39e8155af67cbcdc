import type { StockChange } from '@dealwire/contracts'
import { moneyText, quantityNumber } from './exact.ts'
import { type Posting, sumOf, valueChange } from './post-stock.ts'

/** A posting as its caller is told of it. */
export function stockChangeOf(posting: Posting): StockChange {
  return {
    id: posting.id,
    occurredAt: posting.occurredAt,
    currency: posting.currency,
    lines: posting.levels.map((level) => ({
      productId: level.productId,
      locationId: level.locationId,
      quantity: quantityNumber(level.onHand - level.before.onHand),
      value: moneyText(valueChange(level)),
      onHandAfter: quantityNumber(level.onHand),
      valueAfter: moneyText(level.value),
    })),
    totalValue: moneyText(sumOf(posting.levels)),
  }
}
