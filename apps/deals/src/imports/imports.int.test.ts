import { makeActor, test, waitFor } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { startApp, type TestApp } from '../../test/start-app.ts'

type Caller = Parameters<TestApp['call']>[0]

const csv = { 'content-type': 'text/csv' }
const send = (app: TestApp, actor: Caller, text: string, query = '') =>
  app.send(actor, `/v1/deals/imports${query}`, { method: 'POST', text, headers: csv })

async function ended(app: TestApp, actor: Caller, id: string) {
  return waitFor(
    'the import',
    async () => {
      const { body } = await app.call(actor, `/v1/deals/imports/${id}`)
      return ['queued', 'running', 'reverting'].includes(body.status) ? undefined : body
    },
    60_000,
  )
}

async function imported(app: TestApp, actor: Caller, text: string, query = '') {
  const answer = await send(app, actor, text, query)
  expect([answer.statusCode, answer.body]).toEqual([202, expect.anything()])
  return ended(app, actor, answer.json().id)
}

const errorsOf = async (app: TestApp, actor: Caller, id: string) =>
  (await app.call(actor, `/v1/deals/imports/${id}/errors?limit=100`)).body.data.map(
    ({ row, field, code }: { row: number; field: string; code: string }) => [row, field, code],
  )

const count = async (app: TestApp, actor: Caller, path: string) =>
  (await app.call(actor, `${path}${path.includes('?') ? '&' : '?'}count=exact`)).body.page.total

describe('an import', () => {
  test('makes deals with the contacts and customers they name, tells of each, and reports the rows that are wrong', async ({
    db,
    actor,
  }) => {
    const app = startApp(db)
    app.work()
    const known = await app.create(actor, '/v1/contacts', { name: 'Nino', email: 'nino@example.ge' })
    const { body } = await send(
      app,
      actor,
      [
        'Deal title,Value,Expected close date,stage,tags,Contact name,Contact email,Customer name,leadScore,Priority',
        'Roof,1250.5,2026-12-31,Qualified,a; b,Nino B,NINO@example.ge,ACME,99,high',
        'Cellar,,,,,Gia,gia@example.ge,acme,,',
        'No value,abc,,,,,,,,',
        'Nowhere,1,,NO_SUCH_STAGE,,Lost Contact,lost@example.ge,,,',
        ',5,,,,,,,,',
        'Lost,5,,CLOSED_LOST,,,,,,',
        'Too,many,,,,,,,,,cells',
        '"Bro"ken,5,,,,,,,,',
        'Last,7,,CLOSED_WON,,,,,,',
      ].join('\r\n'),
      `?mapping=${encodeURIComponent('{"Deal title":"title"}')}`,
    ).then((answer) => ({ body: answer.json() }))
    expect(body).toMatchObject({ status: 'queued', entity: 'deal', dryRun: false, created: 0, progress: 0 })
    expect(body.columns.slice(-2)).toEqual([
      { name: 'leadScore', field: null },
      { name: 'Priority', field: 'priority' },
    ])
    expect(await ended(app, actor, body.id)).toMatchObject({
      status: 'done',
      rows: 9,
      created: 3,
      failed: 6,
      duplicates: 0,
      progress: 1,
      error: null,
    })
    expect(await errorsOf(app, actor, body.id)).toEqual([
      [4, 'value', 'validation_failed'],
      [5, 'stage', 'stage_not_found'],
      [6, 'title', 'validation_failed'],
      [7, 'lostReason', 'lost_reason_required'],
      [8, null, 'too_many_cells'],
      [9, null, 'malformed_row'],
    ])
    const file = await app.send(actor, `/v1/deals/imports/${body.id}/errors/csv`)
    expect(file.body.split('\r\n')[2]).toBe('5,stage,stage_not_found,"There is no such stage, or no such pipeline."')

    const { data } = (await app.call(actor, '/v1/deals?sort=title')).body
    expect(data).toMatchObject([
      { title: 'Cellar', value: '0.00', stage: 'LEAD', contactName: 'Gia', customerName: 'ACME', priority: 'MEDIUM' },
      { title: 'Last', stage: 'CLOSED_WON', effectiveProbability: 100 },
      {
        title: 'Roof',
        value: '1250.50',
        stage: 'QUALIFIED',
        expectedCloseDate: '2026-12-31',
        tags: ['a', 'b'],
        contactId: known.id,
        contactName: 'Nino',
        priority: 'HIGH',
        createdById: actor.userId,
      },
    ])
    expect(await count(app, actor, '/v1/contacts')).toBe(2) // none of the row that was refused
    expect(await count(app, actor, '/v1/customers')).toBe(1)
    const types = (await app.events(actor)).map(({ type }) => type.replace('crm.deals.', '')).sort()
    expect(types).toEqual([
      'contact.created',
      'contact.created',
      'customer.created',
      'deal.created',
      'deal.created',
      'deal.created',
      'deal.won',
      'import.completed',
    ])
  })

  test('of contacts knows whoever has the e-mail or phone, in the company, in the file or by another spelling', async ({
    db,
    actor,
    stranger,
  }) => {
    const app = startApp(db)
    app.work()
    await app.create(stranger, '/v1/contacts', { name: 'Theirs', email: 'new@example.ge' })
    await app.create(actor, '/v1/contacts', { name: 'Nino', phone: '599 12 34 56' })
    const { id, ...done } = await imported(
      app,
      actor,
      [
        'name;phone;email',
        'Known;+995599123456;',
        'New;;new@example.ge',
        'Twin;599000001;NEW@example.ge',
        'Odd;ext 7;',
      ].join('\n'),
      '?entity=contact',
    )
    expect(done).toMatchObject({ status: 'done', created: 2, duplicates: 2, failed: 0 })
    expect(await errorsOf(app, actor, id)).toEqual([
      [2, null, 'duplicate'],
      [4, null, 'duplicate'],
    ])
    expect(await imported(app, actor, 'name\nACME\nAcme 2', '?entity=customer')).toMatchObject({ created: 2 })
  })

  test('for which the disk has no room is refused as what passes, and leaves nothing', async ({ db, actor }) => {
    const noRoom = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    const store = { put: () => Promise.reject(noRoom), get: async () => undefined, delete: async () => undefined }
    const app = startApp(db, { store })
    const answer = await send(app, actor, 'title\nRoof')
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'storage_unavailable'])
    expect(answer.headers['retry-after']).toBe('30')
    expect(await count(app, actor, '/v1/deals/imports')).toBe(0)
  })

  test('that is only tried out stores nothing and says what it would', async ({ db, actor }) => {
    const app = startApp(db)
    app.work()
    const done = await imported(app, actor, 'title,contactName\nRoof,Nino\n,Gia', '?dryRun=true')
    expect(done).toMatchObject({ status: 'done', dryRun: true, created: 1, failed: 1 })
    expect(await count(app, actor, '/v1/deals')).toBe(0)
    expect(await count(app, actor, '/v1/contacts')).toBe(0)
    expect((await app.events(actor)).map(({ type }) => type)).toEqual(['crm.deals.import.completed'])
    const revert = await app.call(actor, `/v1/deals/imports/${done.id}/revert`, { method: 'POST' })
    expect(revert).toMatchObject({ status: 409, body: { code: 'invalid_state' } })
  })

  test('reads custom fields by their keys, and refuses rows without those that are required', async ({ db, actor }) => {
    const app = startApp(db)
    app.work()
    for (const [key, type, more] of [
      ['floors', 'number', { required: true }],
      ['colours', 'multiselect', { options: ['red', 'blue'] }],
      ['urgent', 'boolean', {}],
    ] as const) {
      await app.create(actor, '/v1/custom-fields', { entity: 'deal', key, label: key, type, ...more })
    }
    const { id, ...done } = await imported(
      app,
      actor,
      'title,cf.floors,cf.colours,cf.urgent\nRoof,3,red; blue,TRUE\nCellar,,,\nWall,many,,\nDoor,1,green,',
    )
    expect(done).toMatchObject({ status: 'done', created: 1, failed: 3 })
    expect((await app.call(actor, '/v1/deals?cf.floors=3')).body.data).toMatchObject([
      { title: 'Roof', customFields: { floors: 3, colours: ['red', 'blue'], urgent: true } },
    ])
    expect(await errorsOf(app, actor, id)).toEqual([3, 4, 5].map((row) => [row, 'customFields', 'validation_failed']))
    const file = await app.send(actor, '/v1/deals/export/csv?cf.floors=3')
    expect(file.body.split('\r\n')[1]).toContain('""floors"": 3')
  })

  test('takes what an export wrote', async ({ db, actor, stranger }) => {
    const app = startApp(db)
    app.work()
    await app.create(actor, '/v1/deals', { title: '=1+1', notes: 'a "b"\n, c', value: '7.10', tags: ['x', '+y'] })
    const { body } = await app.send(actor, '/v1/deals/export/csv?bom=true')
    // Ids of the other company's pipeline mean nothing here.
    const text = body.replace('pipelineId', 'old pipeline')
    expect(await imported(app, stranger, text)).toMatchObject({ status: 'done', created: 1, failed: 0 })
    expect((await app.call(stranger, '/v1/deals')).body.data).toMatchObject([
      { title: '=1+1', notes: 'a "b"\n, c', value: '7.10', tags: ['x', '+y'] },
    ])
  })

  test('is refused with its columns named when nothing could come of it, and leaves no file', async ({ db, actor }) => {
    const app = startApp(db)
    const refusals = [
      ['', ''],
      ['name,value\nx,1', ''],
      ['title,Title\nx,y', ''],
      ['title\nx', `?mapping=${encodeURIComponent('{"no such column":"notes"}')}`],
      ['title,x\nx,y', `?mapping=${encodeURIComponent('{"x":"leadScore"}')}`],
      ['title\nx', '?mapping=nonsense'],
      ['title\nx', '?entity=pipeline'],
    ] as const
    for (const [text, query] of refusals) {
      const answer = await send(app, actor, text, query)
      expect([text, query, answer.statusCode, answer.json().code]).toEqual([text, query, 400, 'validation_failed'])
    }
    const wrongType = await app.send(actor, '/v1/deals/imports', {
      method: 'POST',
      text: '{}',
      headers: { 'content-type': 'application/json' },
    })
    expect(wrongType.statusCode).toBe(415)
    expect(await count(app, actor, '/v1/deals/imports')).toBe(0)
  })

  test('needs the permission to create what it imports, and is seen by its creator and an ADMIN only', async ({
    db,
    actor,
    stranger,
  }) => {
    const app = startApp(db)
    const manager = makeActor({ role: 'MANAGER', companyId: actor.companyId })
    const limited = { ...manager, permissions: new Set(['deal:import', 'deal:create'] as const) }
    expect((await send(app, limited, 'name\nx', '?entity=contact')).statusCode).toBe(403)
    const { id } = (await send(app, actor, 'title\nx')).json()
    for (const [caller, status] of [
      [manager, 403],
      [stranger, 404],
    ] as const) {
      for (const path of ['', '/errors', '/errors/csv']) {
        expect(await app.call(caller, `/v1/deals/imports/${id}${path}`)).toMatchObject({ status })
      }
      for (const step of ['cancel', 'revert']) {
        expect(await app.call(caller, `/v1/deals/imports/${id}/${step}`, { method: 'POST' })).toMatchObject({ status })
      }
    }
  })

  test('that is stopped stays stopped, and what it made can be taken back', async ({ db, actor }) => {
    const app = startApp(db)
    const { id } = (await send(app, actor, 'title\nx')).json()
    const path = `/v1/deals/imports/${id}`
    expect((await app.call(actor, `${path}/cancel`, { method: 'POST' })).body).toMatchObject({ status: 'cancelled' })
    expect(await app.call(actor, `${path}/cancel`, { method: 'POST' })).toMatchObject({
      status: 409,
      body: { code: 'invalid_state' },
    })
    const listed = async (status: string) => (await app.call(actor, `/v1/deals/imports?status=${status}`)).body.data
    expect([await listed('cancelled'), await listed('queued')]).toMatchObject([[{ id }], []])
    app.work()
    await app.call(actor, `${path}/revert`, { method: 'POST' })
    expect(await ended(app, actor, id)).toMatchObject({ status: 'reverted', created: 0, reverted: 0 })
  })

  test('is taken back but for what somebody has touched since', async ({ db, actor }) => {
    const app = startApp(db)
    app.work()
    const { id } = await imported(
      app,
      actor,
      'title,contactName,customerName\nRoof,Nino,ACME\nCellar,Gia,ACME\nWall,Gia,Other\nDoor,,',
    )
    const { data } = (await app.call(actor, '/v1/deals?sort=title')).body
    const [cellar, door] = data
    await app.call(actor, `/v1/deals/${cellar.id}`, { method: 'PATCH', body: { value: '5' } })
    await app.create(actor, `/v1/deals/${door.id}/activities`, { kind: 'NOTE', subject: 'called' })
    const revert = await app.call(actor, `/v1/deals/imports/${id}/revert`, { method: 'POST' })
    expect(revert).toMatchObject({ status: 202, body: { status: 'reverting' } })
    expect(await ended(app, actor, id)).toMatchObject({ status: 'reverted', created: 4, reverted: 4, kept: 4 })
    const titles = (await app.call(actor, '/v1/deals?sort=title')).body.data.map(
      ({ title }: { title: string }) => title,
    )
    expect(titles).toEqual(['Cellar', 'Door'])
    expect((await app.call(actor, '/v1/contacts')).body.data.map(({ name }: { name: string }) => name)).toEqual(['Gia'])
    expect((await app.call(actor, '/v1/customers')).body.data.map(({ name }: { name: string }) => name)).toEqual([
      'ACME',
    ])
    const deleted = (await app.events(actor)).filter(({ type }) => type.endsWith('.deleted'))
    expect(deleted).toHaveLength(4)
    expect(await app.call(actor, `/v1/deals/imports/${id}/revert`, { method: 'POST' })).toMatchObject({ status: 409 })
  })
})

test('an import whose process is told to stop is finished by another, with no row twice', async ({ db, actor }) => {
  const leaving = startApp(db)
  const staying = startApp(db, { store: leaving.store })
  const rows = Array.from({ length: 6_000 }, (_, n) => `Deal ${n},${n},Contact ${n % 50}`)
  const stop = leaving.work()
  const { id } = (await send(leaving, actor, ['title,value,contactName', ...rows].join('\n'))).json()
  await waitFor(
    'the first rows',
    async () => (await leaving.call(actor, `/v1/deals/imports/${id}`)).body.created > 0,
    20_000,
  )
  await stop()
  expect((await leaving.call(actor, `/v1/deals/imports/${id}`)).body).toMatchObject({ status: 'running' })
  staying.work()
  expect(await ended(staying, actor, id)).toMatchObject({ status: 'done', created: 6_000, failed: 0 })
  const { rows: found } = await staying.database.pool.query(
    'SELECT count(*)::int AS deals, count(DISTINCT title)::int AS titles FROM deals WHERE company_id = $1',
    [actor.companyId],
  )
  expect(found).toEqual([{ deals: 6_000, titles: 6_000 }])
  expect(await count(staying, actor, '/v1/contacts')).toBe(50)
  const made = (await staying.events(actor)).filter(({ type }) => type === 'crm.deals.deal.created')
  expect(made).toHaveLength(6_000)
})

test('an import is refused while fifty of the company have not ended', async ({ db, actor, stranger }) => {
  const app = startApp(db)
  for (let n = 0; n < 50; n++) expect((await send(app, actor, 'title\nx')).statusCode).toBe(202)
  const refused = await send(app, actor, 'title\nx')
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'too_many_imports'])
  expect((await send(app, stranger, 'title\nx')).statusCode).toBe(202)
})
