import { createDealRoute, getDealRoute, listDealsRoute } from '@dealwire/contracts'
import { test } from '@dealwire/testing'
import pg from 'pg'
import { expect } from 'vitest'
import { callEvent, createBody, patchBody } from '../src/bodies.ts'
import { loadDeals } from '../src/data/load-deals.ts'
import { rowId } from '../src/fixture.ts'
import { startLimit } from '../src/limit/start.ts'
import { limitTables } from '../src/limit/statements.ts'

const NUMBER = 7
const DEALS = 100

async function prepare(adminUrl: string, companyId: string, userId: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, options: '-c search_path=deals,extensions' })
  await client.connect()
  await client.query(`INSERT INTO pipelines (company_id, id, name, is_default) VALUES ($1, $1, 'Sales', true)`, [
    companyId,
  ])
  await client.query(
    `INSERT INTO stages (company_id, pipeline_id, key, name, kind, probability, position)
     VALUES ($1, $1, 'LEAD', 'Lead', 'OPEN', 10, 0), ($1, $1, 'QUALIFIED', 'Qualified', 'OPEN', 30, 1), ($1, $1, 'NEGOTIATION', 'Negotiation', 'OPEN', 60, 2),
            ($1, $1, 'CLOSED_WON', 'Won', 'WON', 100, 3), ($1, $1, 'CLOSED_LOST', 'Lost', 'LOST', 0, 4)`,
    [companyId],
  )
  await loadDeals(client, { number: NUMBER, id: companyId, userId, deals: DEALS })
  await client.query(limitTables)
  await client.end()
}

// Otherwise a ratio to the bare limit compares two different things.
test('the bare limit answers what the contract promises', async ({ db, actor }) => {
  await prepare(db.adminUrl, actor.companyId, actor.userId)
  const limit = await startLimit(db.adminUrl)
  try {
    const ask = async (path: string, body = '') => {
      const url = `${limit.url}/${path}${path.includes('?') ? '&' : '?'}company=${actor.companyId}&user=${actor.userId}`
      const response = await fetch(url, { method: 'POST', body })
      const text = await response.text()
      expect(response.status, text).toBe(200)
      return JSON.parse(text)
    }
    const item = getDealRoute.responses[200]
    const page = listDealsRoute.responses[200].shape.data.length(20)

    expect(page.parse((await ask('list')).data)[0]?.id).toBe(rowId('deal', NUMBER, DEALS - 1))
    expect(page.parse((await ask(`list-after?deal=${rowId('deal', NUMBER, 50)}`)).data)[0]?.id).toBe(
      rowId('deal', NUMBER, 49),
    )
    expect(item.parse(await ask(`get?deal=${rowId('deal', NUMBER, 3)}`)).title).toBe('Heating for house 3')
    expect(createDealRoute.responses[201].parse(await ask('create', createBody(5)))).toMatchObject({
      title: 'Heating for house 5',
      stageKind: 'OPEN',
    })
    expect(item.parse(await ask(`patch?deal=${rowId('deal', NUMBER, 3)}`, patchBody(9)))).toMatchObject({
      value: '1009.50',
      version: 2,
    })
    expect(await ask('webhook', callEvent(1))).toEqual({ accepted: 1, duplicates: 0 })
    expect(await ask('webhook', callEvent(1))).toEqual({ accepted: 0, duplicates: 1 })
  } finally {
    await limit.stop()
  }
})
