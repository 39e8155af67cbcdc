import {
  type Actor,
  type BodyOf,
  type createLineItemRoute,
  type LineItem,
  lineItemCreated,
  MOST_LINE_ITEMS,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { changeLineItems, type Effect } from './change-line-items.ts'
import { insertLineItem } from './line-items.repository.ts'

type Input = BodyOf<typeof createLineItemRoute> & Effect & { readonly dealId: string }

/** Adds an item to a deal; of a product it takes the name as it is now. */
export async function createLineItem(
  tx: Tx,
  actor: Actor,
  { dealId, updateValue, ...input }: Input,
): Promise<LineItem> {
  return changeLineItems(tx, actor, { dealId, updateValue }, async () => {
    const { name = null, productId = null, quantity = 1 } = input
    const { oneTimePrice = '0.00', monthlyPrice = '0.00', discountPercent = 0 } = input
    const item = { name, productId, quantity, oneTimePrice, monthlyPrice, discountPercent }
    const made = await insertLineItem(tx, { companyId: actor.companyId, dealId, id: newId() }, item, actor.userId)
    if (made === undefined) {
      throw new AppError(
        'conflict',
        'too_many_line_items',
        `The deal '${dealId}' already has ${MOST_LINE_ITEMS} line items, which is the limit.`,
      )
    }
    if (productId !== null && made.productId !== productId) throw notFound('product', productId)
    append(tx, actor, lineItemCreated, made, { lineItem: made })
    return made
  })
}
