import { productCreated, productDeleted, productUpdated } from '@dealwire/contracts'
import { onBatch } from '@dealwire/messaging'
import { putProductRefs } from './products.repository.ts'

/** Products by name, for line items to refer to without asking inventory. */
export const projectProducts = onBatch([productCreated, productUpdated, productDeleted], (tx, events) =>
  putProductRefs(
    tx,
    events.map(({ companyid, type, aggregateversion, data: { product } }) => ({
      company_id: companyid,
      id: product.id,
      name: product.name,
      active: type !== productDeleted.type,
      version: aggregateversion,
    })),
  ),
)
