import { type Actor, type BodyOf, type LineItem, lineItemUpdated, type updateLineItemRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged } from '@dealwire/messaging'
import { changeLineItems, type Effect } from './change-line-items.ts'
import { findLineItem, type LineItemFields, updateLineItemRow } from './line-items.repository.ts'

type Input = Effect & {
  readonly dealId: string
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateLineItemRoute>
}

const FIELDS = ['name', 'productId', 'quantity', 'oneTimePrice', 'monthlyPrice', 'discountPercent'] as const

/** Changes the given fields of an item; the deal's row lock holds others off. */
export async function updateLineItem(tx: Tx, actor: Actor, { dealId, id, ...input }: Input): Promise<LineItem> {
  return changeLineItems(tx, actor, { dealId, updateValue: input.updateValue }, async () => {
    const place = { companyId: actor.companyId, dealId, id }
    const before = await findLineItem(tx, place)
    if (before === undefined) throw notFound('line item', id)
    ensureVersion(before, input.ifMatch)
    const fields: LineItemFields = merged(before, input.changes)
    if (isEmpty(changedFields(before, fields, FIELDS))) return before

    const saved = await updateLineItemRow(tx, place, fields)
    if (saved === undefined) throw notFound('line item', id)
    if (fields.productId !== saved.productId) throw notFound('product', fields.productId ?? '')
    append(tx, actor, lineItemUpdated, saved, { lineItem: saved, ...changedFields(before, saved, FIELDS) })
    return saved
  })
}
