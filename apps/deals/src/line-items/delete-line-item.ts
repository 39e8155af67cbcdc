import { type Actor, lineItemDeleted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { changeLineItems, type Effect } from './change-line-items.ts'
import { deleteLineItemRow, findLineItem } from './line-items.repository.ts'

type Input = Effect & { readonly dealId: string; readonly id: string; readonly ifMatch: number | undefined }

export async function deleteLineItem(tx: Tx, actor: Actor, { dealId, id, ifMatch, updateValue }: Input): Promise<void> {
  await changeLineItems(tx, actor, { dealId, updateValue }, async () => {
    const place = { companyId: actor.companyId, dealId, id }
    const before = await findLineItem(tx, place)
    if (before === undefined) throw notFound('line item', id)
    ensureVersion(before, ifMatch)
    await deleteLineItemRow(tx, place)
    const version = before.version + 1
    append(tx, actor, lineItemDeleted, { id, version }, { lineItem: { ...before, version } })
  })
}
