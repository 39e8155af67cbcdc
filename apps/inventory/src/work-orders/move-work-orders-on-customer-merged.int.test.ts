import { randomUUID } from 'node:crypto'
import { customerMerged, sampleOf } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { clientOf, know, testApp } from '../../test/support.ts'
import { moveWorkOrdersOnCustomerMerged } from './move-work-orders-on-customer-merged.ts'

test('the orders of a merged customer are the survivor’s, are told of once, and nothing new refers to the merged one', async ({
  db,
  actor,
  stranger,
}) => {
  const database = db.open('inventory')
  const client = clientOf(testApp(database), actor)
  const from = await know(database, actor, 'customer', 'Acme Ltd')
  const into = await know(database, actor, 'customer', 'ACME')
  const { id } = await client.must('POST', '/work-orders', { title: 'Install', customerId: from })
  const sample = customerMerged.data.parse(sampleOf(customerMerged.data, 'output'))
  const event = {
    type: customerMerged.type,
    companyid: actor.companyId,
    correlationid: 'trace-me',
    id: randomUUID(),
    aggregateversion: 2,
    data: { customer: { ...sample.customer, id: from }, intoId: into },
  }
  const happen = (companyid: string) =>
    withTx(database, (tx) => moveWorkOrdersOnCustomerMerged(tx, { ...event, companyid } as never))
  await happen(stranger.companyId)
  expect(await client.must('GET', `/work-orders/${id}`)).toMatchObject({ customerId: from, version: 1 })
  await happen(actor.companyId)
  await happen(actor.companyId)
  expect(await client.must('GET', `/work-orders/${id}`)).toMatchObject({
    customerId: into,
    customerName: 'ACME',
    version: 2,
  })
  expect((await client.call('POST', '/work-orders', { title: 'x', customerId: from })).status).toBe(404)
  const { rows } = await database.pool.query(
    "SELECT correlation_id, data -> 'workOrder' ->> 'customerId' AS customer FROM event_log WHERE company_id = $1 AND type ~ 'work-order.updated'",
    [actor.companyId],
  )
  expect(rows).toEqual([{ correlation_id: 'trace-me', customer: into }])
})
