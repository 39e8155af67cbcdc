import type { Actor } from '@dealwire/contracts'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { generateDeals } from '../../test/generate-deals.ts'
import { startApp, type TestApp } from '../../test/start-app.ts'

type Plan = { 'Node Type': string; 'Actual Rows': number; 'Relation Name'?: string; Plans?: Plan[] }

const ROWS = 20_000
/** A filter with few matches may sort them; what is never sorted is a share of the table. */
const MOST_SORTED = ROWS / 20

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}

/** The plan of the statement that a list sends. */
async function planOf({ database, call }: TestApp, actor: Actor, path: string): Promise<Plan[]> {
  const { pool } = database
  const sent: { text: string; values: unknown[] }[] = []
  const query = pool.query.bind(pool)
  Object.assign(pool, {
    query: (statement: { text: string; values: unknown[] }) => {
      sent.push(statement)
      return query(statement)
    },
  })
  const { status } = await call(actor, path)
  Object.assign(pool, { query })
  expect([path, status, sent.length]).toEqual([path, 200, 1])
  const { rows } = await query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sent[0]?.text}`, sent[0]?.values)
  return nodesOf(rows[0]['QUERY PLAN'][0].Plan)
}

const sorts = ['createdAt', '-createdAt', '-updatedAt', '-value', '-leadScore', 'expectedCloseDate', 'title']

test('every filter and sort is served by an index, and no list sorts more than a small part of the deals', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  await generateDeals(app, actor, ROWS)
  const [deal] = (await app.call(actor, '/v1/deals?limit=1')).body.data
  const filters = [
    '',
    `pipelineId=${deal.pipelineId}`,
    'stage=LEAD',
    `pipelineId=${deal.pipelineId}&stage=LEAD`,
    'stageKind=OPEN',
    'stageKind=WON',
    'priority=HIGH',
    'assignedToId=me',
    `contactId=${deal.id}`,
    `customerId=${deal.id}`,
    'leadSource=WEB',
    'minValue=650',
    'maxValue=20',
    'createdFrom=2020-01-01',
    'createdFrom=2099-01-01',
    'expectedCloseFrom=2020-01-01&expectedCloseTo=2099-01-01',
    'tag=t7',
    'rotten=true',
  ]
  for (const filter of filters) {
    for (const sort of sorts) {
      const nodes = await planOf(app, actor, `/v1/deals?sort=${sort}&${filter}`)
      const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'deals')
      const sorted = nodes.filter((node) => node['Node Type'] === 'Sort').flatMap((node) => node.Plans ?? [])
      const most = Math.max(...sorted.map((node) => node['Actual Rows']))
      expect({ filter, sort, scanned: scanned.length, small: most <= MOST_SORTED }).toEqual({
        filter,
        sort,
        scanned: 0,
        small: true,
      })
    }
  }
})

test('page 200 is found as page 1 is: from its place in the index', async ({ db, actor }) => {
  const app = startApp(db)
  await generateDeals(app, actor, ROWS)
  let path = '/v1/deals?limit=100'
  for (let page = 1; page < 200; page++) {
    const { body } = await app.call(actor, path)
    path = `/v1/deals?limit=100&cursor=${body.page.nextCursor}`
  }
  const scans = (await planOf(app, actor, path)).filter((node) => node['Relation Name'] === 'deals')
  expect(scans).toMatchObject([{ 'Node Type': 'Index Scan', 'Actual Rows': 101 }])
})

test('a search reads its index, not the deals', async ({ db, actor }) => {
  const app = startApp(db)
  await generateDeals(app, actor, ROWS)
  await app.create(actor, '/v1/deals', { title: 'Winter garden' })
  await app.analyze()
  for (const q of ['garden', 'gard', 'winter garden', 'ga']) {
    const nodes = await planOf(app, actor, `/v1/deals?q=${q}`)
    const scans = nodes.filter((node) => node['Node Type'] === 'Seq Scan')
    expect({ q, scanned: scans.map((node) => node['Relation Name']) }).toEqual({ q, scanned: [] })
    const read = nodes.filter((node) => node['Relation Name']?.startsWith('deal'))
    expect(Math.max(...read.map((node) => node['Actual Rows']))).toBeLessThanOrEqual(5)
  }
})
