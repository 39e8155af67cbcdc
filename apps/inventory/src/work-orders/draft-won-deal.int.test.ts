import { randomUUID } from 'node:crypto'
import { type Actor, dealWon, type EventData } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import type { EventOf } from '@dealwire/messaging'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { clientOf, firstOf, testApp } from '../../test/support.ts'
import { updateSettings } from '../settings/update-settings.ts'
import { dealWonForStock, draftWorkOrderOnDealWon } from './draft-work-order-on-deal-won.ts'

type Sold = { productId: string | null; quantity: number }

/** A won deal as the deals service tells of it: what its contract lets through, read with this service's own. */
function wonEvent(actor: Actor, sold: readonly Sold[], dealId: string = randomUUID()): EventOf<typeof dealWonForStock> {
  const lineItems: EventData<typeof dealWon>['lineItems'] = sold.map((item) => ({
    ...item,
    id: randomUUID(),
    name: 'Sold',
    oneTimePrice: '100.00',
    monthlyPrice: '0.00',
    discountPercent: 0,
  }))
  const data = dealWonForStock.data.parse({
    deal: { id: dealId, title: 'Heating', customerId: null, createdById: actor.userId },
    lineItems: dealWon.data.shape.lineItems.parse(lineItems),
  })
  return { companyid: actor.companyId, correlationid: `trace-${dealId}`, id: randomUUID(), data } as never
}

async function wanted(database: Database, actor: Actor): Promise<void> {
  await withTx(database, (tx) =>
    updateSettings(tx, actor, { ifMatch: undefined, changes: { wonDealDraftsWorkOrder: true } }),
  )
}

const happen = (database: Database, event: EventOf<typeof dealWonForStock>) =>
  withTx(database, (tx) => draftWorkOrderOnDealWon(tx, event))

test('a won deal drafts nothing for a company that does not want that', async ({ db, actor, stranger }) => {
  const database = db.open('inventory')
  const client = clientOf(testApp(database), actor)
  const productId = await client.product()
  await client.receive(productId, 5, '1')
  await wanted(database, stranger)
  await happen(database, wonEvent(actor, [{ productId, quantity: 3 }]))
  expect((await client.must('GET', '/work-orders')).data).toEqual([])
  expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ reserved: 0 })
})

test('what there is is reserved; what is short or unknown is not, and the log says so', async ({ db, actor }) => {
  const database = db.open('inventory')
  const client = clientOf(testApp(database), actor)
  await wanted(database, actor)
  const [rich, poor, unknown] = [await client.product(), await client.product(), randomUUID()]
  await client.receive(rich, 5, '1')
  await client.receive(poor, 1, '1')
  const event = wonEvent(actor, [
    { productId: rich, quantity: 3 },
    { productId: poor, quantity: 2 },
    { productId: null, quantity: 1 },
    { productId: unknown, quantity: 1 },
  ])
  await happen(database, event)

  const { id } = firstOf((await client.must('GET', `/work-orders?dealId=${event.data.deal.id}`)).data)
  const order = await client.must('GET', `/work-orders/${id}`)
  expect(order).toMatchObject({ title: 'Heating', status: 'DRAFT', createdById: actor.userId })
  expect(order.products).toHaveLength(2)
  expect(order.products).toContainEqual(expect.objectContaining({ productId: rich, quantity: 3, reserved: 3 }))
  expect(order.products).toContainEqual(expect.objectContaining({ productId: poor, quantity: 2, reserved: 0 }))
  const log = await client.must('GET', `/work-orders/${id}/activity`)
  expect(log.data).toMatchObject([
    {
      action: 'created',
      details: { notReserved: [{ productId: poor, quantity: 2 }], unknownProductIds: [unknown] },
    },
  ])
  await client.must('POST', `/work-orders/${id}/start`)
  expect((await client.call('POST', `/work-orders/${id}/approve`)).body.code).toBe('insufficient_stock')
  await client.auditIsClean()
})

test('a deal of which nothing is in stock is a draft without a reservation', async ({ db, actor }) => {
  const database = db.open('inventory')
  const client = clientOf(testApp(database), actor)
  await wanted(database, actor)
  const productId = await client.product()
  const event = wonEvent(actor, [{ productId, quantity: 2 }])
  await happen(database, event)
  const { id } = firstOf((await client.must('GET', `/work-orders?dealId=${event.data.deal.id}`)).data)
  expect((await client.must('GET', `/work-orders/${id}`)).products).toMatchObject([{ productId, reserved: 0 }])
  expect((await client.must('GET', '/reservations')).data).toEqual([])
})

test('a deal of services or of unknown products alone drafts nothing', async ({ db, actor }) => {
  const database = db.open('inventory')
  const client = clientOf(testApp(database), actor)
  await wanted(database, actor)
  await happen(database, wonEvent(actor, [{ productId: null, quantity: 1 }]))
  await happen(database, wonEvent(actor, [{ productId: randomUUID(), quantity: 1 }]))
  await happen(database, wonEvent(actor, []))
  expect((await client.must('GET', '/work-orders')).data).toEqual([])
})

test('told again, and won twice within a moment, it is one work order', async ({ db, actor }) => {
  const database = db.open('inventory', { maxConnections: 8 })
  const client = clientOf(testApp(database), actor)
  await wanted(database, actor)
  const productId = await client.product()
  await client.receive(productId, 50, '1')
  const dealId = randomUUID()
  const events = Array.from({ length: 6 }, () => wonEvent(actor, [{ productId, quantity: 3 }], dealId))
  await Promise.all(events.map((event) => happen(database, event)))
  expect((await client.must('GET', '/work-orders')).data).toHaveLength(1)
  expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ reserved: 3 })
  await client.auditIsClean()
})

test('its correlation id leads from the won deal to what was consumed and came back, whoever did that', async ({
  db,
  actor,
}) => {
  const database = db.open('inventory')
  const client = clientOf(testApp(database), actor)
  await wanted(database, actor)
  const productId = await client.product()
  await client.receive(productId, 5, '2.50')
  const event = wonEvent(actor, [{ productId, quantity: 4 }])
  await happen(database, event)
  const { id } = firstOf((await client.must('GET', '/work-orders')).data)
  await client.must('POST', `/work-orders/${id}/start`)
  await client.must('POST', `/work-orders/${id}/approve`)
  await client.must('POST', `/work-orders/${id}/return`, { lines: [{ productId, quantity: 1 }] })

  const { rows } = await database.pool.query(
    `SELECT type, causation_id, data->'workOrderId' #>> '{}' AS order_id, data->>'totalValue' AS value FROM event_log
     WHERE company_id = $1 AND correlation_id = $2 ORDER BY seq`,
    [actor.companyId, event.correlationid],
  )
  const caused = (type: string, causation_id: string | null) => expect.objectContaining({ type, causation_id })
  expect(rows).toEqual([
    caused('crm.inventory.stock.reserved', event.id),
    caused('crm.inventory.work-order.created', event.id),
    caused('crm.inventory.stock.consumed', actor.requestId),
    caused('crm.inventory.work-order.approved', actor.requestId),
    caused('crm.inventory.stock.returned', actor.requestId),
    caused('crm.inventory.work-order.returned', actor.requestId),
  ])
  // What the margin is reckoned from: the order's deal, and what left and came back for the order.
  expect(rows.map((row) => [row.order_id, row.value])).toContainEqual([id, '-10.00'])
  expect(rows.map((row) => [row.order_id, row.value])).toContainEqual([id, '2.50'])
})
