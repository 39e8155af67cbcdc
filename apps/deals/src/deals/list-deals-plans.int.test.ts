import { cursorAfter } from '@dealwire/db/page'
import { makeActor, type TestDatabase, test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { indexForSearch, loadDeals } from '../../test/load-deals.ts'
import { type ReadPlan, readPlans, statementOf } from '../../test/read-plan.ts'
import { startApp, type TestApp } from '../../test/start-app.ts'
import { dealList } from './deal-list.ts'

const ROWS = 100_000
/** A filter with few matches may sort them; what is never sorted is a share of the company's deals. */
const MOST_SORTED = ROWS / 40
/** A page with a filter for one deal in a hundred reads two thousand along its sort. */
const MOST_BUFFERS = ROWS / 25

const sorts = ['createdAt', '-createdAt', '-updatedAt', '-value', '-leadScore', 'expectedCloseDate', 'title']
const actor = makeActor()

/** Loaded once for all tests: a company with very many deals, and another one beside it. */
let loading: Promise<TestApp> | undefined
async function loaded(db: TestDatabase): Promise<TestApp> {
  const app = startApp(db)
  loading ??= loadDeals(db, app, actor, ROWS)
    .then(() => loadDeals(db, app, makeActor(), ROWS / 10))
    .then(() => app)
  return loading
}

const mostSorted = ({ nodes }: ReadPlan) =>
  Math.max(
    0,
    ...nodes
      .filter((node) => node['Node Type'] === 'Sort')
      .flatMap((node) => node.Plans ?? [])
      .map((node) => node['Actual Rows']),
  )

const scans = ({ nodes }: ReadPlan) =>
  nodes
    .filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name']?.startsWith('deal'))
    .map((node) => node['Relation Name'])

describe('a list of 100,000 deals', () => {
  test('every filter and sort is served by an index, whichever plan is in use, and none sorts more than a small part', async ({
    db,
  }) => {
    const app = await loaded(db)
    const [deal] = (await app.call(actor, '/v1/deals?limit=1')).body.data
    const filters = [
      '',
      `pipelineId=${deal.pipelineId}`,
      'stage=LEAD',
      'stage=NEGOTIATION',
      `pipelineId=${deal.pipelineId}&stage=NEGOTIATION`,
      'stageKind=OPEN',
      'stageKind=WON',
      'priority=HIGH',
      'assignedToId=me',
      `contactId=${deal.id}`,
      `customerId=${deal.id}`,
      'leadSource=WEB',
      'minValue=6900',
      'maxValue=20',
      'createdFrom=2020-01-01',
      'createdFrom=2099-01-01',
      'expectedCloseFrom=2020-01-01&expectedCloseTo=2099-01-01',
      'tag=t7',
      'rotten=true',
    ]
    for (const filter of filters) {
      for (const sort of sorts) {
        const statement = await statementOf(app, actor, `/v1/deals?sort=${sort}&${filter}`)
        for (const plan of await readPlans(app, statement)) {
          const sorted = mostSorted(plan)
          const read = { filter, sort, scanned: scans(plan), sorted, buffers: plan.buffers }
          expect(read).toEqual({
            ...read,
            scanned: [],
            sorted: Math.min(sorted, MOST_SORTED),
            buffers: Math.min(plan.buffers, MOST_BUFFERS),
          })
        }
      }
    }
  }, 120_000)

  test('a stage by value is read from its own index, rare stages too', async ({ db }) => {
    const app = await loaded(db)
    for (const stage of ['LEAD', 'NEGOTIATION']) {
      const plans = await readPlans(app, await statementOf(app, actor, `/v1/deals?stage=${stage}&sort=-value`))
      for (const plan of plans) expect(plan.buffers).toBeLessThan(150)
    }
  })

  test('a page from deep inside touches no more than the first one, whatever the sort', async ({ db }) => {
    const app = await loaded(db)
    for (const sort of sorts) {
      const path = `/v1/deals?limit=100&sort=${sort}`
      const expression = dealList.sorts[sort.replace('-', '')]?.expression
      const direction = sort.startsWith('-') ? 'DESC' : 'ASC'
      const { rows } = await app.database.pool.query<{ id: string; sortText: string }>(
        `SELECT d.id, (${expression})::text AS "sortText" FROM deals d WHERE d.company_id = $1 AND d.deleted_at IS NULL
         ORDER BY ${expression} ${direction}, d.id ${direction} OFFSET ${ROWS * 0.9} LIMIT 1`,
        [actor.companyId],
      )
      const [last] = rows
      if (last === undefined) throw new Error('There are not so many deals')
      const cursor = cursorAfter(dealList, actor.companyId, { sort, filters: {} }, last)
      const [first] = await readPlans(app, await statementOf(app, actor, path))
      const [deep] = await readPlans(app, await statementOf(app, actor, `${path}&cursor=${cursor}`))
      const index = deep?.nodes.find((node) => node['Relation Name'] === 'deals')
      expect({ sort, rows: index?.['Actual Rows'] }).toEqual({ sort, rows: 101 })
      expect(deep?.buffers).toBeLessThanOrEqual((first?.buffers ?? 0) * 1.25)
    }
  })

  test('a search reads its index, and of the deals only what it found', async ({ db }) => {
    const app = await loaded(db)
    await app.create(actor, '/v1/deals', { title: 'Winter garden' })
    await indexForSearch(db, app, actor)
    for (const q of ['garden', 'gard', 'winter garden', 'ga']) {
      for (const plan of await readPlans(app, await statementOf(app, actor, `/v1/deals?q=${q}`))) {
        const read = plan.nodes.filter((node) => node['Relation Name']?.startsWith('deal'))
        const most = Math.max(...read.map((node) => node['Actual Rows'] * node['Actual Loops']))
        expect({ q, scanned: scans(plan), few: most <= 5, buffers: plan.buffers < 500 }).toEqual({
          q,
          scanned: [],
          few: true,
          buffers: true,
        })
      }
    }
  })
})
