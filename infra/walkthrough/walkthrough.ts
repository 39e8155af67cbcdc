import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type Client, type Contact, createClient, type GetDashboardAnswer } from '@dealwire/sdk'
import { canonicalCall, ownCall, recordedCall } from './calls.ts'
import { type Steps, steps } from './steps.ts'

export type WalkthroughOptions = {
  readonly gatewayUrl: string
  /** A mod_json_cdr document; without it one of our own is sent. */
  readonly freeswitchFile?: string | undefined
  readonly print: (line: string) => void
}

const FRESH_WITHIN_MS = 2_000
const DEADLINE_MS = 10_000

/** The README's walk-through over HTTP, each answer checked. Makes a company of its own, so it can run as often as wanted. */
export async function walkthrough({ gatewayUrl, freeswitchFile, print }: WalkthroughOptions): Promise<void> {
  const told = steps(print)
  const document = freeswitchFile === undefined ? await ownCall() : await recordedCall(freeswitchFile)

  const client = await signUp(gatewayUrl, told)
  const before = await told.step('Look at the dashboard', () => client.analytics.dashboard.get())
  const watched = await told.step('Open the live stream', () => watchDeals(client))
  const contact = await told.step('Create a contact with a phone', () =>
    client.contacts.create({ name: 'Nino Beridze', phone: document.phone }),
  )
  await sell(client, told, contact)
  await told.step('See all that on the live stream', () => watched.seen)
  await stock(client, told)
  await receiveCalls(gatewayUrl, client, told, { document, contact })
  await told.eventually(
    'See the deals on the dashboard',
    FRESH_WITHIN_MS,
    () => client.analytics.dashboard.get(),
    hasMoreThan(before),
  )
}

async function signUp(gatewayUrl: string, { step }: Steps): Promise<Client> {
  const email = `walk-${randomUUID()}@example.test`
  const password = 'a long walk through'
  const anybody = createClient({ baseUrl: gatewayUrl, deadlineMs: DEADLINE_MS })
  await step('Register a company', () =>
    anybody.auth.register({ companyName: 'Walk Through Ltd', name: 'Walker', email, password }),
  )
  const session = await step('Log in', () => anybody.auth.login({ email, password }))
  return createClient({ baseUrl: gatewayUrl, deadlineMs: DEADLINE_MS, token: session.accessToken })
}

async function sell(client: Client, { step }: Steps, contact: Contact): Promise<void> {
  const titles = ['Heating for a house', 'Boiler for a flat', 'Pipes for a school']
  const deals = await step('Create three deals for the contact', () =>
    Promise.all(titles.map((title) => client.deals.create({ title, value: '12500.00', contactId: contact.id }))),
  )
  await step('List the deals page by page', async () => {
    const ids: string[] = []
    for await (const deal of client.deals.list({ limit: 2 })) {
      assert.equal(deal.contactName, 'Nino Beridze')
      ids.push(deal.id)
    }
    assert.deepEqual(ids.toSorted(), deals.map((deal) => deal.id).toSorted(), 'the pages hold every deal once')
  })
  const id = deals[0]?.id ?? ''
  const moved = await step('Move a deal to another stage', () => client.deals.update(id, { stage: 'NEGOTIATION' }))
  assert.equal(moved.stage, 'NEGOTIATION')
  await step('Read its history', async () => {
    const history = await client.deals.listHistory(id).page()
    const change = history.data.find((entry) => entry.field === 'stage' && entry.to === 'NEGOTIATION')
    assert.equal(change?.from, 'LEAD')
  })
}

const WATCHED = ['deals.deal.created', 'deals.deal.stage-changed'] as const

/** Waits until the stream is open; `seen` is there when three deals have come to be and one of them has moved. */
async function watchDeals(client: Client): Promise<{ readonly seen: Promise<void> }> {
  const opened = Promise.withResolvers<void>()
  const seen = collect(client, opened.resolve)
  // Whoever waits for it hears of its failure; until then nobody does.
  seen.catch(opened.reject)
  await opened.promise
  return { seen }
}

async function collect(client: Client, onOpen: () => void): Promise<void> {
  const types: string[] = []
  const signal = AbortSignal.timeout(DEADLINE_MS)
  for await (const { event } of client.stream({ types: WATCHED, signal, onOpen }))
    if (types.push(event.type) === 4) break
  assert.deepEqual(types.toSorted(), [...Array(3).fill('crm.deals.deal.created'), 'crm.deals.deal.stage-changed'])
}

async function stock(client: Client, { step }: Steps): Promise<void> {
  const product = await step('Create a product', () =>
    client.inventory.products.create({
      sku: `BOILER-${randomUUID().slice(0, 8)}`,
      name: 'Boiler',
      unit: 'pcs',
      salePrice: '900.00',
    }),
  )
  const productId = product.id
  await step('Receive 8 at 10.00, then 4 at 16.00', async () => {
    await receive(client, productId, 8, '10.00')
    await receive(client, productId, 4, '16.00')
  })
  const taken = await step('Deduct 10: the oldest go first', () =>
    client.inventory.deductions.create({ lines: [{ productId, quantity: 10 }] }),
  )
  assert.equal(Number(taken.totalCost), 112, '8 × 10.00 + 2 × 16.00')
  await step('Read the stock ledger', async () => {
    let sum = 0
    for await (const entry of client.inventory.transactions.list({ productId })) sum += entry.quantity
    assert.equal(sum, 2, 'received 12, took 10')
  })
}

/** Goods come in on a purchase order. */
async function receive(client: Client, productId: string, quantity: number, unitCost: string): Promise<void> {
  const orders = client.inventory.purchaseOrders
  const order = await orders.create({ supplier: 'Warm Ltd', items: [{ productId, quantity, unitCost }] })
  await orders.submit(order.id)
  await orders.receive(order.id, { lines: [{ itemId: order.items[0]?.id ?? '', quantity }] })
}

type Called = { readonly document: { readonly body: string; readonly phone: string }; readonly contact: Contact }

async function receiveCalls(
  gatewayUrl: string,
  client: Client,
  told: Steps,
  { document, contact }: Called,
): Promise<void> {
  const connection = await told.step('Connect a FreeSWITCH', () =>
    client.telephony.connections.create({ name: 'Office', provider: 'freeswitch' }),
  )
  const url = new URL(new URL(connection.webhookUrl, gatewayUrl).pathname, gatewayUrl)
  const basic = Buffer.from(`${connection.id}:${connection.secret}`).toString('base64')
  await told.step('Post its call record to the webhook', () => postRecord(url, basic, document.body))

  const { events } = canonicalCall(document.phone)
  const answer = await told.step('Post a call as canonical events', () => client.telephony.events.create({ events }))
  assert.equal(answer.accepted, events.length)
  const again = await told.step('Post them again: nothing changes', () => client.telephony.events.create({ events }))
  assert.equal(again.duplicates, events.length)

  await told.eventually(
    'See both calls with the contact’s name',
    FRESH_WITHIN_MS,
    () => client.telephony.calls.list().page(),
    ({ data }) => data.length === 2 && data.every((call) => call.contactName === contact.name),
  )
}

/** As the PBX does it, which knows nothing of the client. */
async function postRecord(url: URL, basic: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Basic ${basic}` }
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(DEADLINE_MS) })
  assert.equal(response.status, 200, (await response.text()).slice(0, 1_000))
}

/** Three deals and a call of today more; a recorded call may be years old, so only one of the two is sure to count. */
const hasMoreThan = (before: GetDashboardAnswer) => (now: GetDashboardAnswer) =>
  now.deals.open === before.deals.open + 3 && now.telephony.total > before.telephony.total
