import type { Actor } from '@dealwire/contracts'
import { makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { generateDeals } from '../../test/generate-deals.ts'
import { startApp, type TestApp } from '../../test/start-app.ts'

type Item = { id: string; title: string; createdAt: string }

/** Follows the cursors to the end. */
async function readAll(app: TestApp, actor: Actor, query: string): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | null = ''
  for (let page = 0; cursor !== null && page < 100; page++) {
    const { status, body } = await app.call(actor, `/v1/deals?${query}${cursor === '' ? '' : `&cursor=${cursor}`}`)
    if (status !== 200) throw new Error(JSON.stringify(body))
    items.push(...body.data)
    cursor = body.page.nextCursor
  }
  return items
}

const titles = (items: readonly { title: string }[]) => items.map(({ title }) => title)

test('each filter finds its deals, and filters combine with AND', async ({ db, actor }) => {
  const app = startApp(db)
  const { create, call, database } = app
  const colleague = makeActor({ companyId: actor.companyId })
  const customer = await create(actor, '/v1/customers', { name: 'ACME' })
  const contact = await create(actor, '/v1/contacts', { name: 'Nino' })
  const roof = await create(actor, '/v1/deals', {
    title: 'Roof',
    value: 100,
    priority: 'HIGH',
    leadSource: 'WEB',
    contactId: contact.id,
    customerId: customer.id,
    assignedToId: actor.userId,
    expectedCloseDate: '2027-03-31',
    tags: ['solar', 'new'],
  })
  await create(colleague, '/v1/deals', {
    title: 'Wall',
    value: 50,
    stage: 'CLOSED_WON',
    assignedToId: colleague.userId,
  })
  await database.pool.query(`UPDATE stages SET rotten_days = 3 WHERE company_id = $1 AND key = 'LEAD'`, [
    actor.companyId,
  ])
  await database.pool.query(
    `UPDATE deals SET stage_entered_at = now() - interval '4 days', created_at = '2026-01-31T21:00Z' WHERE id = $1`,
    [roof.id],
  )

  const find = async (query: string) => titles((await call(actor, `/v1/deals?sort=title&${query}`)).body.data)
  for (const query of [
    'stage=LEAD',
    'stageKind=OPEN',
    'priority=HIGH',
    'assignedToId=me',
    `assignedToId=${actor.userId}`,
    `contactId=${contact.id}`,
    `customerId=${customer.id}`,
    'leadSource=WEB',
    'minValue=50.01',
    'tag=solar',
    'rotten=true',
    'expectedCloseFrom=2027-03-31',
    'expectedCloseTo=2027-03-31',
    'createdTo=2026-02-01', // already February in Tbilisi, and the end is inclusive
    'createdFrom=2026-02-01&createdTo=2026-02-01',
    `pipelineId=${roof.pipelineId}&stageKind=OPEN&tag=new&minValue=100&maxValue=100`,
  ]) {
    expect([query, await find(query)]).toEqual([query, ['Roof']])
  }
  expect(await find('stageKind=WON')).toEqual(['Wall'])
  expect(await find('maxValue=99')).toEqual(['Wall'])
  expect(await find('createdTo=2026-01-31')).toEqual([])
  expect(await find('expectedCloseFrom=2027-04-01')).toEqual([])
  expect(await find('tag=solar&stageKind=WON')).toEqual([])
  expect(await find(`pipelineId=${roof.pipelineId}`)).toEqual(['Roof', 'Wall'])
})

test.for(['createdAt', 'updatedAt', 'value', 'leadScore', 'expectedCloseDate', 'title'])(
  'sorted by %s, pages are complete, in order and without duplicates, both ways',
  async (sort, { db, actor }) => {
    const app = startApp(db)
    await generateDeals(app, actor, 57)
    const ascending = await readAll(app, actor, `sort=${sort}&limit=10`)
    const descending = await readAll(app, actor, `sort=-${sort}&limit=10`)
    expect(new Set(ascending.map(({ id }) => id)).size).toBe(58)
    expect(descending.map(({ id }) => id)).toEqual(ascending.map(({ id }) => id).toReversed())
  },
)

test('deals that appear while a reader pages neither repeat nor hide any that were there', async ({ db, actor }) => {
  const app = startApp(db)
  await generateDeals(app, actor, 60)
  const reading = readAll(app, actor, 'limit=5')
  const writing = Promise.all(
    Array.from({ length: 10 }, (_, n) => app.create(actor, '/v1/deals', { title: `late ${n}` })),
  )
  const [items] = await Promise.all([reading, writing])
  const old = items.filter(({ title }) => !title.startsWith('late'))
  expect(old).toHaveLength(61)
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
})

test('a cursor belongs to its filters and its sort', async ({ db, actor }) => {
  const app = startApp(db)
  await generateDeals(app, actor, 5)
  const { body } = await app.call(actor, '/v1/deals?limit=2')
  const cursor = body.page.nextCursor
  for (const query of ['stage=LEAD', 'sort=value', 'minValue=1']) {
    const refused = await app.call(actor, `/v1/deals?limit=2&${query}&cursor=${cursor}`)
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } })
  }
  expect(await app.call(actor, `/v1/deals?cursor=garbage`)).toMatchObject({ status: 400 })
})

test('limits, unknown keys and windows that end before they start are refused', async ({ db, actor }) => {
  const { call } = startApp(db)
  for (const query of [
    'limit=0',
    'limit=101',
    'sort=secret',
    'colour=red',
    'createdFrom=2026-02-02&createdTo=2026-02-01',
    'rotten=yes',
  ]) {
    expect([query, (await call(actor, `/v1/deals?${query}`)).status]).toEqual([query, 400])
  }
})

test('an exact count comes when asked for; a list is one statement', async ({ db, actor, stranger }) => {
  const app = startApp(db)
  await generateDeals(app, actor, 25)
  expect((await app.call(actor, '/v1/deals?limit=1&count=exact')).body.page.total).toBe(26)
  expect(await app.statementsOf(() => app.call(actor, '/v1/deals'))).toBe(1)
  const { body } = await app.call(actor, '/v1/deals')
  expect(body.data).toHaveLength(20)
  expect((await app.call(stranger, '/v1/deals')).body.data).toEqual([])
})
