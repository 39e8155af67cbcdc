import { stockLow } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { reconcileLowStock } from './low-stock.repository.ts'

const MAX_AT_ONCE = 500

/** Finds what no posting saw: a reorder level that was raised above the stock, or two locations that fell at the same moment. */
export async function checkLowStock(database: Database): Promise<void> {
  await withTx(database, async (tx) => {
    for (const { companyId, ...product } of await reconcileLowStock(tx, MAX_AT_ONCE)) {
      const author = { companyId, userId: null, requestId: newId() }
      append(tx, author, stockLow, { id: product.productId, version: 1 }, product)
    }
  })
}
