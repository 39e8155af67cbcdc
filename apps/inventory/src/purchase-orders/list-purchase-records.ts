import type { Actor, listPurchaseReceiptsRoute, QueryOf } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { type ListSpec, listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { amendmentList, purchaseOrderExists, receiptList } from './purchase-order-changes.repository.ts'

type RecordQuery = QueryOf<typeof listPurchaseReceiptsRoute> & { readonly id: string }

/** The receipts of an order, each a document of its own. */
export function listPurchaseReceipts(db: Executor, actor: Actor, query: RecordQuery): Promise<string> {
  return listRecords(db, actor, receiptList, query)
}

/** What was changed after the order had gone out. */
export function listPurchaseAmendments(db: Executor, actor: Actor, query: RecordQuery): Promise<string> {
  return listRecords(db, actor, amendmentList, query)
}

async function listRecords(db: Executor, actor: Actor, spec: ListSpec, { id, ...page }: RecordQuery): Promise<string> {
  if (!(await purchaseOrderExists(db, actor.companyId, id))) throw notFound('purchase order', id)
  return listPage(db, spec, actor.companyId, { ...page, filters: { purchaseOrderId: id } })
}
