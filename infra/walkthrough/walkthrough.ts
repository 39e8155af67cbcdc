import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type Api, apiOf, at, call, items, type Json } from './api.ts'
import { canonicalCall, ownCall, recordedCall } from './calls.ts'
import { type Steps, steps } from './steps.ts'

export type WalkthroughOptions = {
  readonly gatewayUrl: string
  /** A mod_json_cdr document; without it one of our own is sent. */
  readonly freeswitchFile?: string | undefined
  readonly print: (line: string) => void
}

const FRESH_WITHIN_MS = 2_000

/** The README's walk-through over HTTP, each answer checked. Makes a company of its own, so it can run as often as wanted. */
export async function walkthrough({ gatewayUrl, freeswitchFile, print }: WalkthroughOptions): Promise<void> {
  const told = steps(print)
  const document = freeswitchFile === undefined ? await ownCall() : await recordedCall(freeswitchFile)

  const api = await signUp(gatewayUrl, told)
  const before = await told.step('Look at the dashboard', () => api.get('/v1/analytics/dashboard'))
  const contact = await told.step('Create a contact with a phone', () =>
    api.post('/v1/contacts', { name: 'Nino Beridze', phone: document.phone }),
  )
  await sell(api, told, contact)
  await stock(api, told)
  await receiveCalls(gatewayUrl, api, told, { document, contact })
  await told.eventually(
    'See the deals on the dashboard',
    FRESH_WITHIN_MS,
    () => api.get('/v1/analytics/dashboard'),
    hasMoreThan(before),
  )
}

async function signUp(gatewayUrl: string, { step }: Steps): Promise<Api> {
  const email = `walk-${randomUUID()}@example.test`
  const password = 'a long walk through'
  const anybody = apiOf(gatewayUrl)
  await step('Register a company', () =>
    anybody.post('/v1/auth/register', { companyName: 'Walk Through Ltd', name: 'Walker', email, password }),
  )
  const session = await step('Log in', () => anybody.post('/v1/auth/login', { email, password }, 200))
  return apiOf(gatewayUrl, String(session['accessToken']))
}

async function sell(api: Api, { step }: Steps, contact: Json): Promise<void> {
  const titles = ['Heating for a house', 'Boiler for a flat', 'Pipes for a school']
  const deals = await step('Create three deals for the contact', () =>
    Promise.all(titles.map((title) => api.post('/v1/deals', { title, value: '12500.00', contactId: contact['id'] }))),
  )
  await step('List the deals page by page', async () => {
    const ids: unknown[] = []
    let query = '?limit=2'
    for (let pages = 0; query !== '' && pages < 5; pages++) {
      const page = await api.get(`/v1/deals${query}`)
      for (const deal of items(page)) {
        assert.equal(deal['contactName'], 'Nino Beridze')
        ids.push(deal['id'])
      }
      const next: unknown = at(page, 'page', 'nextCursor')
      query = typeof next === 'string' ? `?limit=2&cursor=${encodeURIComponent(next)}` : ''
    }
    assert.deepEqual(ids.toSorted(), deals.map((deal) => deal['id']).toSorted(), 'the pages hold every deal once')
  })
  const [deal] = deals
  const moved = await step('Move a deal to another stage', () =>
    api.patch(`/v1/deals/${deal?.['id']}`, { stage: 'NEGOTIATION' }),
  )
  assert.equal(moved['stage'], 'NEGOTIATION')
  await step('Read its history', async () => {
    const history = await api.get(`/v1/deals/${deal?.['id']}/history`)
    const change = items(history).find((entry) => entry['field'] === 'stage' && entry['to'] === 'NEGOTIATION')
    assert.equal(change?.['from'], 'LEAD')
  })
}

async function stock(api: Api, { step }: Steps): Promise<void> {
  const product = await step('Create a product', () =>
    api.post('/v1/inventory/products', {
      sku: `BOILER-${randomUUID().slice(0, 8)}`,
      name: 'Boiler',
      unit: 'pcs',
      salePrice: '900.00',
    }),
  )
  const productId = product['id']
  await step('Receive 8 at 10.00, then 4 at 16.00', async () => {
    await receive(api, productId, 8, '10.00')
    await receive(api, productId, 4, '16.00')
  })
  const taken = await step('Deduct 10: the oldest go first', () =>
    api.post('/v1/inventory/deductions', { lines: [{ productId, quantity: 10 }] }),
  )
  assert.equal(Number(taken['totalCost']), 112, '8 × 10.00 + 2 × 16.00')
  await step('Read the stock ledger', async () => {
    const ledger = await api.get(`/v1/inventory/transactions?productId=${productId}`)
    const sum = items(ledger).reduce((total, entry) => total + Number(entry['quantity']), 0)
    assert.equal(sum, 2, 'received 12, took 10')
  })
}

/** Goods come in on a purchase order. */
async function receive(api: Api, productId: unknown, quantity: number, unitCost: string): Promise<void> {
  const order = await api.post('/v1/inventory/purchase-orders', {
    supplier: 'Warm Ltd',
    items: [{ productId, quantity, unitCost }],
  })
  await api.post(`/v1/inventory/purchase-orders/${order['id']}/submit`, {}, 200)
  const itemId = at(order, 'items', 0, 'id')
  await api.post(`/v1/inventory/purchase-orders/${order['id']}/receive`, { lines: [{ itemId, quantity }] }, 200)
}

type Called = { readonly document: { readonly body: string; readonly phone: string }; readonly contact: Json }

async function receiveCalls(gatewayUrl: string, api: Api, told: Steps, { document, contact }: Called): Promise<void> {
  const connection = await told.step('Connect a FreeSWITCH', () =>
    api.post('/v1/telephony/connections', { name: 'Office', provider: 'freeswitch' }),
  )
  const path = new URL(String(connection['webhookUrl']), gatewayUrl).pathname
  const basic = Buffer.from(`${connection['id']}:${connection['secret']}`).toString('base64')
  const headers = { 'content-type': 'application/json', authorization: `Basic ${basic}` }
  await told.step('Post its call record to the webhook', () =>
    call(gatewayUrl, { method: 'POST', path, headers, body: document.body, expected: 200 }),
  )

  const { events } = canonicalCall(document.phone)
  const answer = await told.step('Post a call as canonical events', () =>
    api.post('/v1/telephony/events', { events }, 202),
  )
  assert.equal(answer['accepted'], events.length)
  const again = await told.step('Post them again: nothing changes', () =>
    api.post('/v1/telephony/events', { events }, 202),
  )
  assert.equal(again['duplicates'], events.length)

  const isKnown = (page: Json) =>
    items(page).length === 2 && items(page).every((entry) => entry['contactName'] === contact['name'])
  await told.eventually(
    'See both calls with the contact’s name',
    FRESH_WITHIN_MS,
    () => api.get('/v1/telephony/calls'),
    isKnown,
  )
}

/** Three deals and a call of today more; a recorded call may be years old, so only one of the two is sure to count. */
const hasMoreThan = (before: Json) => (now: Json) =>
  Number(at(now, 'deals', 'open')) === Number(at(before, 'deals', 'open')) + 3 &&
  Number(at(now, 'telephony', 'total')) > Number(at(before, 'telephony', 'total'))
