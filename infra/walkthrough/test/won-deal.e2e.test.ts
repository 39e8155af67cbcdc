import type { PrivateSystem } from '@dealwire/local'
import { waitUntil } from '@dealwire/local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Company, foundCompany } from './company.ts'
import { correlationsOf } from './events.ts'
import { startSystem } from './private-system.ts'

let system: PrivateSystem
beforeAll(async () => {
  system = await startSystem({ durable: false })
})
afterAll(() => system?.stop())

type Row = Readonly<Record<string, unknown>>

async function made(company: Company, path: string, body: object): Promise<string> {
  const answer = await company.post(path, body)
  expect([path, answer.status, answer.body]).toEqual([path, 201, expect.anything()])
  return String(answer.body['id'])
}

test('a won deal drafts a work order of its line items and reserves the stock, traceable as one piece of work', async () => {
  const company = await foundCompany(system.gatewayUrl)
  expect((await company.patch('/v1/inventory/settings', { wonDealDraftsWorkOrder: true })).status).toBe(200)
  const product = { sku: 'PANEL-1', name: 'Solar panel', unit: 'pcs', salePrice: '200.00' }
  const productId = await made(company, '/v1/inventory/products', product)
  const received = { lines: [{ productId, quantity: 10, unitCost: '120', reason: 'opening stock' }] }
  expect((await company.post('/v1/inventory/adjustments', received)).status).toBeLessThan(300)

  const customerId = await made(company, '/v1/customers', { name: 'Sunny Ltd' })
  const dealId = await made(company, '/v1/deals', { title: 'Roof of panels', customerId })
  const items = `/v1/deals/${dealId}/line-items?updateValue=true`
  await made(company, items, { productId, quantity: 4, oneTimePrice: '200.00', discountPercent: 5 })
  await made(company, items, { name: 'Monitoring', monthlyPrice: '15.00' })
  expect((await company.get(`/v1/deals/${dealId}`)).body).toMatchObject({ value: '775.00' })
  expect((await company.patch(`/v1/deals/${dealId}`, { stage: 'CLOSED_WON' })).status).toBe(200)

  const orders = async () => (await company.get(`/v1/work-orders?dealId=${dealId}`)).body['data'] as Row[]
  expect(await waitUntil(async () => (await orders()).length > 0, { timeoutMs: 20_000 })).toBe(true)
  const [order] = await orders()
  expect(order).toMatchObject({ status: 'DRAFT', title: 'Roof of panels', customerId })
  expect((await company.get(`/v1/work-orders/${order?.['id']}`)).body).toMatchObject({
    products: [{ productId, quantity: 4, reserved: 4 }],
  })
  expect((await company.get(`/v1/inventory/products/${productId}`)).body).toMatchObject({ onHand: 10, reserved: 4 })

  const [won] = await correlationsOf(system, company.id, 'deals', 'crm.deals.deal.won')
  expect(won).toBeDefined()
  for (const type of ['crm.inventory.work-order.created', 'crm.inventory.stock.reserved']) {
    expect(await correlationsOf(system, company.id, 'inventory', type)).toEqual([won])
  }
  expect(system.crashed).toEqual([])
})

test('a customer that is merged leads to the survivor, which has its deals, work orders, number and timeline', async () => {
  const company = await foundCompany(system.gatewayUrl)
  const phone = '+995599765432'
  const from = await made(company, '/v1/customers', { name: 'Sunny Limited', phone })
  const into = await made(company, '/v1/customers', { name: 'Sunny Ltd' })
  const dealId = await made(company, '/v1/deals', { title: 'Roof', customerId: from })
  const known = async () =>
    (await company.post('/v1/work-orders', { title: 'Measure', customerId: from })).status === 201
  expect(await waitUntil(known, { timeoutMs: 30_000 })).toBe(true)

  const merged = await company.post(`/v1/customers/${from}/merge`, { intoId: into })
  expect(merged).toMatchObject({ status: 200, body: { id: into, phone } })
  // 308, which the client follows.
  expect((await company.get(`/v1/customers/${from}`)).body).toMatchObject({ id: into })
  expect((await company.get(`/v1/deals/${dealId}`)).body).toMatchObject({ customerId: into })
  const orders = async () => (await company.get(`/v1/work-orders?customerId=${into}`)).body['data'] as Row[]
  expect(await waitUntil(async () => (await orders()).length === 1, { timeoutMs: 30_000 })).toBe(true)
  const caller = async () => (await company.get(`/v1/telephony/lookup?phone=${encodeURIComponent(phone)}`)).body
  const isSurvivor = async () =>
    JSON.stringify(await caller()).includes(into) && !JSON.stringify(await caller()).includes(from)
  expect(await waitUntil(isSurvivor, { timeoutMs: 30_000 })).toBe(true)
  const told = async () => (await company.get(`/v1/analytics/customers/${into}/timeline`)).body['data'] as Row[]
  const kinds = async () => ((await told()) ?? []).map(({ kind }) => kind)
  expect(await waitUntil(async () => (await kinds()).includes('deal.created'), { timeoutMs: 30_000 })).toBe(true)
  expect(system.crashed).toEqual([])
})
