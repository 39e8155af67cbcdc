import type { Database } from '@dealwire/db/client'
import { cursorAfter, type ListSpec } from '@dealwire/db/page'
import {
  makeActor,
  type ReadPlan,
  readPlans,
  type SentStatement,
  statementsOf,
  type TestDatabase,
  test,
} from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { productList } from '../src/products/products.repository.ts'
import { purchaseOrderList } from '../src/purchase-orders/purchase-orders.repository.ts'
import { reservationList } from '../src/reservations/reservations.repository.ts'
import { batchList, stockList, transactionList } from '../src/stock/stock-lists.repository.ts'
import { stocktakeList } from '../src/stocktakes/stocktakes.repository.ts'
import { deviceList, workOrderList } from '../src/work-orders/work-order-lists.repository.ts'
import { idOf, loadStock } from './load-stock.ts'
import { type Client, clientOf, testApp } from './support.ts'

const ROWS = 100_000
/** A filter with few matches may sort them; what is never sorted is a share of the company's rows. */
const MOST_SORTED = ROWS / 40
/** A page with a filter for one row in a hundred reads two thousand along its sort. */
const MOST_BUFFERS = ROWS / 20

const actor = makeActor()
const product = idOf(`${actor.companyId} p777`)
const document = idOf(`${actor.companyId} d778`)
const odd = idOf(`${actor.companyId} d777`)

type Loaded = {
  readonly database: Database
  readonly client: Client
  ask(path: string): Promise<SentStatement[]>
}

/** Loaded once for all tests: a company with very much of everything, and another one beside it. */
let loading: Promise<void> | undefined
async function loaded(db: TestDatabase): Promise<Loaded> {
  loading ??= loadStock(db, makeActor().companyId, ROWS / 10).then(() => loadStock(db, actor.companyId, ROWS))
  await loading
  const database = db.open('inventory')
  const client = clientOf(testApp(database), actor)
  const ask = (path: string) => statementsOf(database, () => client.must('GET', path))
  return { database, client, ask }
}

const worst = (plan: ReadPlan) => ({
  scanned: plan.nodes
    .filter((node) => node['Node Type'] === 'Seq Scan' && node['Actual Rows'] * node['Actual Loops'] > MOST_SORTED)
    .map((node) => node['Relation Name']),
  sorted: Math.max(
    0,
    ...plan.nodes
      .filter((node) => node['Node Type'] === 'Sort')
      .flatMap((node) => node.Plans ?? [])
      .map((node) => node['Actual Rows']),
  ),
  buffers: plan.buffers,
})

type Worst = ReturnType<typeof worst>
const isBad = ({ scanned, sorted, buffers }: Worst) =>
  scanned.length > 0 || sorted > MOST_SORTED || buffers > MOST_BUFFERS

/** With `spec`: a list that is as long as the load. */
type Asked = { list: string; spec?: ListSpec; sorts: readonly string[]; filters: (client: Client) => Promise<string[]> }
const fixed =
  (...filters: string[]) =>
  async () => ['', ...filters]

const lists: readonly Asked[] = [
  {
    list: '/products',
    spec: productList,
    sorts: ['createdAt', '-updatedAt', 'name', 'sku'],
    filters: fixed(
      'q=rare',
      'q=pump%20rare',
      'q=SKU-777',
      'category=C7',
      'lowStock=true',
      'lowStock=true&q=rare',
      'active=false',
      'sku=SKU-5',
    ),
  },
  {
    list: '/stock',
    spec: stockList,
    sorts: ['createdAt'],
    filters: async (client) => {
      const [place] = (await client.must('GET', '/locations')).data
      return [
        '',
        `productId=${product}`,
        `locationId=${place?.id}`,
        'at=2026-11-05T00:00:00Z',
        `at=2026-11-05T00:00:00Z&productId=${product}`,
      ]
    },
  },
  {
    list: '/batches',
    spec: batchList,
    sorts: ['receivedAt', '-receivedAt'],
    filters: fixed(`productId=${product}`, 'open=true', `purchaseOrderId=${document}`),
  },
  {
    list: '/transactions',
    spec: transactionList,
    sorts: ['occurredAt', '-occurredAt'],
    filters: fixed(
      'kind=RECEIPT',
      'kind=SCRAP',
      `productId=${product}`,
      `batchId=${product}`,
      `postingId=${document}`,
      `purchaseOrderId=${document}`,
      `workOrderId=${odd}`,
      `actorId=${idOf('u7')}`,
      'from=2026-11-03&to=2026-11-04',
      'from=2026-11-03&to=2026-11-04&kind=RECEIPT',
    ),
  },
  {
    list: '/purchase-orders',
    spec: purchaseOrderList,
    sorts: ['createdAt', '-number'],
    filters: fixed('status=DRAFT', 'status=CANCELLED', `productId=${product}`, 'q=000777'),
  },
  {
    list: '/reservations',
    spec: reservationList,
    sorts: ['-createdAt'],
    filters: fixed('status=OPEN', `dealId=${idOf('deal7')}`, `workOrderId=${document}`, `productId=${product}`),
  },
  {
    list: '/work-orders',
    spec: workOrderList,
    sorts: ['-createdAt', 'scheduledStart', '-number'],
    filters: fixed(
      'status=SCHEDULED',
      'status=CANCELLED',
      'kind=REPAIR',
      'priority=URGENT',
      'priority=HIGH',
      `assignedToId=${idOf('u7')}`,
      'assignedToId=me',
      `customerId=${idOf('customer7')}`,
      `dealId=${idOf('deal7')}`,
      `parentId=${idOf(`${actor.companyId} d1`)}`,
      'from=2026-11-03&to=2026-11-04',
      `from=2026-11-03&to=2026-11-04&assignedToId=${idOf('u7')}`,
      'q=rare',
    ),
  },
  {
    list: '/deactivated-devices',
    spec: deviceList,
    sorts: ['-createdAt'],
    filters: fixed(`workOrderId=${document}`, `productId=${product}`, 'serial=S-777'),
  },
  { list: '/stocktakes', spec: stocktakeList, sorts: ['-createdAt'], filters: fixed('status=OPEN', 'status=POSTED') },
  { list: '/reorder-suggestions', sorts: ['createdAt', 'name', 'sku'], filters: fixed() },
]

type Read = { filter: string; sort: string; plans: ReadPlan[] }

/** Every filter with every sort, as the service sends it. */
async function readAll({ list, sorts, filters }: Asked, { database, client, ask }: Loaded): Promise<Read[]> {
  const reads: Read[] = []
  for (const filter of await filters(client))
    for (const sort of sorts)
      for (const statement of await ask(`${list}?sort=${sort}&${filter}`))
        reads.push({ filter, sort, plans: await readPlans(database, statement) })
  return reads
}

/** Buffers of the first page, and of one from deep inside, by plan. */
async function readDeep({ list, spec }: Asked, sort: string, { database, ask }: Loaded): Promise<[number[], number[]]> {
  const expression = spec?.sorts[sort.replace('-', '')]?.expression
  const direction = sort.startsWith('-') ? 'DESC' : 'ASC'
  const { rows } = await database.pool.query<{ id: string; sortText: string }>(
    `SELECT ${spec?.alias}.id, (${expression})::text AS "sortText" FROM ${spec?.from} WHERE ${spec?.alias}.company_id = $1
     ORDER BY ${expression} ${direction}, ${spec?.alias}.id ${direction} OFFSET ${ROWS * 0.9} LIMIT 1`,
    [actor.companyId],
  )
  const [last] = rows
  if (spec === undefined || last === undefined) throw new Error(`There are not so many in ${list}`)
  const cursor = cursorAfter(spec, actor.companyId, { sort, filters: {} }, last)
  const buffersOf = async (path: string) => {
    const [statement] = await ask(path)
    if (statement === undefined) throw new Error(`${path} sent nothing`)
    return (await readPlans(database, statement)).map(({ buffers }) => buffers)
  }
  const path = `${list}?limit=100&sort=${sort}`
  return [await buffersOf(path), await buffersOf(`${path}&cursor=${cursor}`)]
}

describe('100,000 of everything', () => {
  test.for(lists)(
    '$list: every filter and sort is served by an index, whichever plan is in use',
    { timeout: 180_000 },
    async (asked, { db }) => {
      const reads = await readAll(asked, await loaded(db))
      const plans = reads.flatMap(({ filter, sort, plans: all }) =>
        all.map((plan) => ({ filter, sort, ...worst(plan) })),
      )
      expect(plans.filter(isBad)).toEqual([])
    },
  )

  test.for(lists.filter(({ spec }) => spec !== undefined))(
    '$list: a page from deep inside touches no more than the first one',
    { timeout: 60_000 },
    async (asked, { db }) => {
      const room = await loaded(db)
      for (const sort of asked.sorts) {
        const [first, deep] = await readDeep(asked, sort, room)
        for (const [index, buffers] of deep.entries())
          expect({ sort, buffers }).toEqual({ sort, buffers: Math.min(buffers, (first[index] ?? 0) * 1.25 + 10) })
      }
    },
  )

  test.for([
    ['a day of the calendar', `/work-orders/calendar?from=2026-11-05&to=2026-11-05`],
    ['its last day, after all others', `/work-orders/calendar?from=2027-02-07&to=2027-02-07`],
    ['what is low in a category, by name', '/products?lowStock=true&category=C2&sort=name'],
    ['what is low in a category, by change', '/products?lowStock=true&category=C2&sort=-updatedAt'],
    ['a person’s six weeks', `/work-orders/calendar?from=2026-11-01&to=2026-12-12&assignedToId=${idOf('u7')}`],
    ['an order’s log', `/work-orders/${idOf(`${actor.companyId} d1`)}/activity`],
  ] as const)('%s reads only that', async ([, path], { db }) => {
    const { database, ask } = await loaded(db)
    for (const statement of await ask(path))
      expect((await readPlans(database, statement)).map(worst).filter(isBad)).toEqual([])
  })
})
