import { deal } from '@dealwire/contracts'
import { makeActor, test, waitFor } from '@dealwire/testing'
import { parse } from 'csv-parse/sync'
import { describe, expect } from 'vitest'
import { generateDeals } from '../../test/generate-deals.ts'
import { memoryInUse } from '../../test/memory.ts'
import { startApp, type TestApp } from '../../test/start-app.ts'
import { readDealFile, selectForFile } from './read-deal-file.ts'

type Caller = Parameters<TestApp['call']>[0]

const rowsOf = (text: string) => parse(text, { columns: true, bom: true }) as Record<string, string>[]

async function finished(app: TestApp, actor: Caller, id: string) {
  return waitFor(
    'the export',
    async () => {
      const { body } = await app.call(actor, `/v1/deals/exports/${id}`)
      return body.status === 'queued' || body.status === 'running' ? undefined : body
    },
    20_000,
  )
}

const ask = (app: TestApp, actor: Caller, body: object = {}) =>
  app.call(actor, '/v1/deals/exports', { method: 'POST', body })

describe('the CSV stream', () => {
  test('has the fields of a deal as header, the filters of the list, and cells no spreadsheet calculates with', async ({
    db,
    actor,
    stranger,
  }) => {
    const app = startApp(db)
    const contact = await app.create(actor, '/v1/contacts', { name: '@SUM(A1)' })
    const made = await app.create(actor, '/v1/deals', {
      title: '=HYPERLINK("http://evil.example", "x")',
      notes: 'line one\nline "two", three',
      contactId: contact.id,
      tags: ['a, b', '+c'],
      value: '12.50',
    })
    await app.create(actor, '/v1/deals', { title: 'Quiet', priority: 'LOW' })
    await app.create(stranger, '/v1/deals', { title: 'Theirs' })
    const answer = await app.send(actor, '/v1/deals/export/csv')
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="deals.csv"',
    })
    expect(answer.body.split('\r\n')[0]).toBe(Object.keys(deal.shape).join(','))
    const [first, second, ...others] = rowsOf(answer.body)
    expect(others).toEqual([])
    expect(first).toMatchObject({
      id: made.id,
      title: '\'=HYPERLINK("http://evil.example", "x")',
      notes: 'line one\nline "two", three',
      contactName: "'@SUM(A1)",
      tags: 'a, b; +c',
      value: '12.50',
      assignedToId: '',
      locked: 'false',
      createdAt: made.createdAt,
    })
    expect(second).toMatchObject({ title: 'Quiet' })
    const low = await app.send(actor, '/v1/deals/export/csv?priority=LOW&q=quiet&bom=true')
    expect(low.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(rowsOf(low.body).map(({ title }) => title)).toEqual(['Quiet'])
    const none = await app.send(actor, '/v1/deals/export/csv?priority=URGENT')
    expect(rowsOf(none.body)).toEqual([])
  })

  test('holds every deal once over many batches, in the memory of a few of them, and takes no connection of API calls', async ({
    db,
    actor,
  }) => {
    const app = startApp(db)
    await generateDeals(app, actor, 50_000)
    const selection = await selectForFile(app.database, actor, {})
    const before = app.database.counters.queries
    const ids = new Set<string>()
    const usual = memoryInUse()
    let most = 0
    const file = { companyId: actor.companyId, format: 'csv', selection } as const
    for await (const { text } of readDealFile(db.open('deals', { maxConnections: 1 }), file)) {
      for (const line of text.split('\r\n')) if (line !== '') ids.add(line.slice(0, 36))
      if (ids.size % 10_000 < 1_000) most = Math.max(most, memoryInUse())
    }
    expect(ids.size).toBe(50_002) // with the header and the deal that the others are like
    expect(most - usual).toBeLessThan(30 * 1024 * 1024)
    expect(app.database.counters.queries).toBe(before)
  })

  test('with scope own it holds the caller’s deals', async ({ db, actor }) => {
    const app = startApp(db)
    const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
    await app.create(actor, '/v1/deals', { title: 'Theirs' })
    await app.create(employee, '/v1/deals', { title: 'Made by me' })
    await app.create(employee, '/v1/deals', { title: 'Mine', assignedToId: employee.userId })
    const { body } = await app.send(employee, '/v1/deals/export/csv')
    expect(rowsOf(body).map(({ title }) => title)).toEqual(['Made by me', 'Mine'])
  })

  test('refuses filters that the list refuses', async ({ db, actor }) => {
    const app = startApp(db)
    for (const query of ['stageKind=odd', 'limit=5', 'createdFrom=2026-02-01&createdTo=2026-01-01']) {
      expect(await app.call(actor, `/v1/deals/export/csv?${query}`)).toMatchObject({ status: 400 })
    }
  })
})

describe('an export job', () => {
  test('makes a file, tells of it once, and gives it to its creator and to an ADMIN only', async ({
    db,
    actor,
    stranger,
  }) => {
    const app = startApp(db)
    app.work()
    const manager = makeActor({ role: 'MANAGER', companyId: actor.companyId })
    const other = makeActor({ role: 'MANAGER', companyId: actor.companyId })
    await app.create(actor, '/v1/deals', { title: 'Roof', value: '10.00' })
    await app.create(actor, '/v1/deals', { title: 'Cellar' })
    const asked = await ask(app, manager, { format: 'ndjson', filters: { minValue: '5' } })
    expect(asked).toMatchObject({
      status: 202,
      body: { status: 'queued', format: 'ndjson', filters: { minValue: '5.00' }, rows: 0 },
    })
    const { id } = asked.body
    expect(asked.headers.location).toBe(`/v1/deals/exports/${id}`)
    expect(await finished(app, manager, id)).toMatchObject({ status: 'done', rows: 1, progress: 1, error: null })

    const file = await app.send(manager, `/v1/deals/exports/${id}/download`)
    expect(file.headers['content-type']).toBe('application/x-ndjson; charset=utf-8')
    expect(
      file.body
        .trimEnd()
        .split('\n')
        .map((line) => deal.parse(JSON.parse(line)).title),
    ).toEqual(['Roof'])
    expect((await app.send(actor, `/v1/deals/exports/${id}/download`)).statusCode).toBe(200)
    for (const [caller, status] of [
      [other, 403],
      [stranger, 404],
    ] as const) {
      expect(await app.call(caller, `/v1/deals/exports/${id}`)).toMatchObject({ status })
      expect(await app.call(caller, `/v1/deals/exports/${id}/download`)).toMatchObject({ status })
      expect((await app.call(caller, '/v1/deals/exports')).body.data).toEqual([])
    }
    expect((await app.call(manager, '/v1/deals/exports')).body.data).toHaveLength(1)
    const told = (await app.events(actor)).filter(({ type }) => type.startsWith('crm.deals.export.'))
    expect(told).toMatchObject([
      { type: 'crm.deals.export.completed', data: { export: { id, rows: 1, createdById: manager.userId } } },
    ])
  })

  test('of a request that is repeated there is one; before it is done there is no file', async ({ db, actor }) => {
    const app = startApp(db)
    const headers = { 'idempotency-key': 'once' }
    const [first, second] = [
      await app.call(actor, '/v1/deals/exports', { method: 'POST', body: {}, headers }),
      await app.call(actor, '/v1/deals/exports', { method: 'POST', body: {}, headers }),
    ]
    expect(second).toMatchObject({ status: 202, body: { id: first.body.id } })
    expect(await app.call(actor, `/v1/deals/exports/${first.body.id}/download`)).toMatchObject({
      status: 409,
      body: { code: 'export_not_ready' },
    })
  })

  test('expires with its file', async ({ db, actor }) => {
    const app = startApp(db)
    app.work()
    const { body } = await ask(app, actor)
    await finished(app, actor, body.id)
    await app.database.pool.query('UPDATE exports SET expires_at = now() WHERE id = $1', [body.id])
    expect((await app.call(actor, `/v1/deals/exports/${body.id}`)).body).toMatchObject({ status: 'expired' })
    const listed = async (status: string) => (await app.call(actor, `/v1/deals/exports?status=${status}`)).body.data
    expect([await listed('expired'), await listed('done')]).toMatchObject([[{ id: body.id }], []])
    expect(await app.call(actor, `/v1/deals/exports/${body.id}/download`)).toMatchObject({
      status: 410,
      body: { code: 'export_expired' },
    })
  })

  test('is finished by another process when the one that made it is told to stop', async ({ db, actor }) => {
    const leaving = startApp(db)
    const staying = startApp(db)
    await generateDeals(leaving, actor, 30_000)
    const stop = leaving.work()
    const { body } = await ask(leaving, actor)
    await waitFor(
      'the first rows',
      async () => (await leaving.call(actor, `/v1/deals/exports/${body.id}`)).body.rows > 0,
      20_000,
    )
    await stop()
    staying.work()
    expect(await finished(staying, actor, body.id)).toMatchObject({ status: 'done', rows: 30_001 })
    const told = (await staying.events(actor)).filter(({ type }) => type === 'crm.deals.export.completed')
    expect(told).toHaveLength(1)
  })
})
