import { companyUpdated, sampleOf } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { loadDeals } from '../../test/load-deals.ts'
import { startApp, type TestApp } from '../../test/start-app.ts'
import { tell } from '../../test/tell.ts'
import { startSweep } from './start-sweep.ts'
import { takeSweeps } from './take-sweeps.ts'

const never = new AbortController().signal

async function stale(app: TestApp): Promise<number> {
  const { rows } = await app.database.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM deals d JOIN stages s ON s.company_id = d.company_id AND s.pipeline_id = d.pipeline_id AND s.key = d.stage
     WHERE d.lead_score <> lead_score(d.value, s.probability, d.priority, d.lead_source)`,
  )
  return rows[0]?.count ?? 0
}

async function openSweeps(app: TestApp): Promise<number> {
  return (await app.database.pool.query('SELECT FROM sweeps')).rowCount ?? 0
}

test('thousands of deals are scored anew batch by batch, by any number of processes, and changes meanwhile are kept', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  await loadDeals(db, app, actor, 3_500)
  const [deal] = (await app.call(actor, '/v1/deals?stage=LEAD&sort=createdAt')).body.data
  const stages = ['LEAD', 'QUALIFIED', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST']
  const argument = { pipelineId: deal.pipelineId, stages }
  await withTx(app.database, (tx) => startSweep(tx, actor.companyId, { kind: 'rescore-deals', argument }))
  expect(await stale(app)).toBeGreaterThan(3_000)
  await Promise.all([
    takeSweeps(app, never),
    takeSweeps(app, never),
    app.call(actor, `/v1/deals/${deal.id}`, { method: 'PATCH', body: { priority: 'URGENT', value: '99999' } }),
  ])
  await takeSweeps(app, never)
  expect([await stale(app), await openSweeps(app)]).toEqual([0, 0])
  expect((await app.call(actor, `/v1/deals/${deal.id}`)).body).toMatchObject({ version: 2, value: '99999.00' })
})

test('a sweep that is stopped between batches goes on where it was', async ({ db, actor }) => {
  const app = startApp(db)
  await loadDeals(db, app, actor, 2_500)
  const [{ pipelineId }] = (await app.call(actor, '/v1/deals?limit=1')).body.data
  const argument = { pipelineId, stages: ['LEAD'] }
  await withTx(app.database, (tx) => startSweep(tx, actor.companyId, { kind: 'rescore-deals', argument }))
  const stopping = new AbortController()
  const cache = {
    ...app.cache,
    invalidate: async () => stopping.abort(),
  }
  await takeSweeps({ database: app.database, cache }, stopping.signal)
  const { rows } = await app.database.pool.query('SELECT after_id FROM sweeps')
  expect(rows).toHaveLength(1)
  expect(rows[0].after_id).not.toMatch(/^0+-/)
  await takeSweeps(app, never)
  expect(await openSweeps(app)).toBe(0)
})

test('deals that were written before are found in the company’s new language', async ({ db, actor }) => {
  const app = startApp(db)
  const english = { ...actor, company: { ...actor.company, searchLanguage: 'english' } }
  await app.create(actor, '/v1/deals', { title: 'Two houses' })
  const search = async () => (await app.call(english, '/v1/deals?q=housing')).body.data.length
  expect(await search()).toBe(0)
  const sample = sampleOf(companyUpdated.data, 'output') as object
  const change = { before: { searchLanguage: 'simple' }, after: { searchLanguage: 'english' } }
  await tell(app, actor, companyUpdated, 2, { ...sample, searchLanguage: 'english', before: {}, after: { name: 'x' } })
  expect(await openSweeps(app)).toBe(0)
  await tell(app, actor, companyUpdated, 3, { ...sample, searchLanguage: 'english', ...change })
  await takeSweeps(app, never)
  expect(await search()).toBe(1)
  expect((await app.call(english, '/v1/deals')).body.data).toMatchObject([{ version: 1 }])
})

test('a sweep that fails lets the others go first, and is tried again', async ({ db, actor }) => {
  const app = startApp(db)
  await app.create(actor, '/v1/deals', { title: 'Two houses' })
  const start = (language: string) =>
    withTx(app.database, (tx) => startSweep(tx, actor.companyId, { kind: 'index-deals', argument: { language } }))
  await start('klingon')
  await start('english')
  await expect(takeSweeps(app, never)).rejects.toThrow('klingon')
  await takeSweeps(app, never)
  const { rows } = await app.database.pool.query('SELECT argument, not_before > now() AS later FROM sweeps')
  expect(rows).toEqual([{ argument: { language: 'klingon' }, later: true }])
  const { rows: deals } = await app.database.pool.query(
    'SELECT DISTINCT search_language AS language FROM deals WHERE company_id = $1',
    [actor.companyId],
  )
  expect(deals).toEqual([{ language: 'english' }])
})
