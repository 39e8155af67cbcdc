import type { Actor, LineItem, listLineItemsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { getDeal } from '../deals/get-deal.ts'
import { findLineItem, lineItemList, sumLineItems } from './line-items.repository.ts'

/** A page of a deal's items, with the totals of all of them. */
export async function listLineItems(
  db: Executor,
  actor: Actor,
  dealId: string,
  query: QueryOf<typeof listLineItemsRoute>,
): Promise<string> {
  await getDeal(db, actor, dealId)
  const { productId, ...page } = query
  const json = await listPage(db, lineItemList, actor.companyId, { ...page, filters: { dealId, productId } })
  const { json: totals } = await sumLineItems(db, actor.companyId, dealId)
  return `${json.slice(0, -1)},"totals":${totals}}`
}

export async function getLineItem(
  db: Executor,
  actor: Actor,
  { dealId, id }: { readonly dealId: string; readonly id: string },
): Promise<LineItem> {
  await getDeal(db, actor, dealId)
  const item = await findLineItem(db, { companyId: actor.companyId, dealId, id })
  if (item === undefined) throw notFound('line item', id)
  return item
}
