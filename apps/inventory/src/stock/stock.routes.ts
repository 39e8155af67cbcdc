import {
  auditStockRoute,
  createAdjustmentRoute,
  createDeductionRoute,
  createTransferRoute,
  getStockValueRoute,
  listBatchesRoute,
  listStockRoute,
  listTransactionsRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { ok, once, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { adjustStock } from './adjust-stock.ts'
import { auditStock } from './audit-stock.ts'
import { deductStock } from './deduct-stock.ts'
import { getStockValue } from './get-stock-value.ts'
import { listBatches } from './list-batches.ts'
import { listStock } from './list-stock.ts'
import { listTransactions } from './list-transactions.ts'
import { transferStock } from './transfer-stock.ts'

export function stockRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listStockRoute, async ({ actor, query }) => ok(await listStock(database, actor, query)))
  route(app, listBatchesRoute, async ({ actor, query }) => ok(await listBatches(database, actor, query)))
  route(app, listTransactionsRoute, async ({ actor, query }) => ok(await listTransactions(database, actor, query)))
  route(app, getStockValueRoute, async ({ actor, query }) => ok(await getStockValue(database, actor, query)))
  route(app, auditStockRoute, async ({ actor }) => ok(await auditStock(database, actor)))
  route(app, createDeductionRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => ({ status: 201, body: await deductStock(tx, actor, body) })),
    ),
  )
  route(app, createAdjustmentRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => ({ status: 201, body: await adjustStock(tx, actor, body) })),
    ),
  )
  route(app, createTransferRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => ({ status: 201, body: await transferStock(tx, actor, body) })),
    ),
  )
}
