import { randomUUID } from 'node:crypto'
import { makeActor, test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { clientOf, know, testApp, withoutWakeUps } from '../../test/support.ts'

describe('the life of a work order', () => {
  test('goes from draft to approval: products reserve, approval consumes, returns come back at their cost', async ({
    db,
    actor,
  }) => {
    const database = db.open('inventory')
    const client = clientOf(testApp(database), actor)
    const customerId = await know(database, actor, 'customer', 'Acme')
    const dealId = await know(database, actor, 'deal', 'Big deal')
    const fitter = await know(database, actor, 'user', 'Nino')
    const productId = await client.product()
    await client.receive(productId, 8, '10')
    await client.receive(productId, 4, '16')

    const made = await client.must('POST', '/work-orders', {
      title: 'Install',
      kind: 'INSTALLATION',
      customerId,
      dealId,
    })
    expect(made).toMatchObject({
      status: 'DRAFT',
      customerName: 'Acme',
      dealTitle: 'Big deal',
      version: 1,
      products: [],
    })
    expect(made.number).toMatch(/^WO-\d{4}-0001$/)
    const path = `/work-orders/${made.id}`
    const times = { scheduledStart: '2026-03-01T08:00:00Z', scheduledEnd: '2026-03-01T10:00:00Z' }
    expect(await client.must('POST', `${path}/assign`, { assigneeIds: [fitter], ...times })).toMatchObject({
      status: 'SCHEDULED',
      assignees: [{ id: fitter, name: 'Nino' }],
    })
    expect(await client.must('POST', `${path}/products`, { lines: [{ productId, quantity: 10 }] })).toMatchObject({
      products: [{ quantity: 10, reserved: 10, used: 0 }],
    })
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 12, reserved: 10 })
    const [held] = (await client.must('GET', `/reservations?workOrderId=${made.id}`)).data
    expect((await client.call('POST', `/reservations/${held?.id}/release`)).body.code).toBe('invalid_state')

    expect((await client.call('POST', `${path}/approve`)).body.code).toBe('invalid_state')
    await client.must('POST', `${path}/start`)
    const used = await client.call('POST', '/deductions', { workOrderId: made.id, lines: [{ productId, quantity: 1 }] })
    expect(used.status).toBe(201)
    await client.must('POST', `${path}/devices`, { devices: [{ serial: 'SN-1', condition: 'broken' }] })
    await client.must('POST', `${path}/submit`)
    const approvals = await Promise.all([
      client.call('POST', `${path}/approve`),
      client.call('POST', `${path}/approve`),
    ])
    expect(approvals.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(await client.must('GET', path)).toMatchObject({
      status: 'APPROVED',
      materialCost: '112.00',
      products: [{ quantity: 10, reserved: 0, used: 10, cost: '112.00' }],
    })
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 2, reserved: 0 })

    expect(await client.must('POST', `${path}/return`, { lines: [{ productId, quantity: 3 }] })).toMatchObject({
      materialCost: '70.00',
      products: [{ used: 10, returned: 3 }],
    })
    const over = await client.call('POST', `${path}/return`, { lines: [{ productId, quantity: 8 }] })
    expect(over).toMatchObject({ status: 409, body: { code: 'over_return', errors: [{ requested: 8, used: 7 }] } })
    expect(await client.must('GET', `/batches?productId=${productId}`)).toMatchObject({
      data: [{ remainingQuantity: 1 }, { remainingQuantity: 4 }],
    })
    const log = await client.must('GET', `${path}/activity`)
    expect(log.data.map((line) => (line as unknown as { action: string }).action)).toEqual([
      'returned',
      'approved',
      'submitted',
      'equipped',
      'used',
      'started',
      'planned',
      'assigned',
      'created',
    ])
    expect((await client.must('GET', `/deactivated-devices?workOrderId=${made.id}`)).data).toMatchObject([
      { serial: 'SN-1' },
    ])
    const { rows } = await database.pool.query(
      "SELECT DISTINCT type FROM event_log WHERE company_id = $1 AND type ~ 'work-order' ORDER BY type",
      [actor.companyId],
    )
    expect(rows.map((row) => row.type.split('.').at(-1))).toEqual([
      'approved',
      'assigned',
      'created',
      'returned',
      'scheduled',
      'started',
      'submitted',
      'updated',
    ])
    await client.auditIsClean()
  })

  test('short stock refuses the approval and changes nothing; what was really used is what leaves', async ({
    db,
    actor,
  }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const productId = await client.product()
    await client.receive(productId, 5, '2')
    const { id } = await client.must('POST', '/work-orders', { title: 'Repair' })
    await client.must('POST', `/work-orders/${id}/products`, { lines: [{ productId, quantity: 4 }] })
    const unplanned = await client.call('POST', `/work-orders/${id}/products`, { lines: [{ productId, quantity: 2 }] })
    expect([unplanned.status, unplanned.body.code]).toEqual([409, 'insufficient_stock'])
    await client.must('POST', `/work-orders/${id}/start`)

    const short = await client.call('POST', `/work-orders/${id}/approve`, { lines: [{ productId, quantity: 6 }] })
    expect(short).toMatchObject({
      status: 409,
      body: { code: 'insufficient_stock', errors: [{ requested: 6, available: 5 }] },
    })
    expect(await client.must('GET', `/work-orders/${id}`)).toMatchObject({
      status: 'IN_PROGRESS',
      products: [{ reserved: 4 }],
    })
    const partly = await client.must('POST', `/work-orders/${id}/approve`, { lines: [{ productId, quantity: 3 }] })
    expect(partly).toMatchObject({
      status: 'APPROVED',
      products: [{ quantity: 4, reserved: 0, used: 3, cost: '6.00' }],
    })
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 2, reserved: 0 })
    await client.auditIsClean()
  })

  test('cancelling frees what was reserved', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const products = [await client.product(), await client.product()]
    for (const productId of products) await client.receive(productId, 5, '2')
    const { id } = await client.must('POST', '/work-orders', { title: 'Job' })
    for (const productId of products)
      await client.must('POST', '/reservations', { workOrderId: id, lines: [{ productId, quantity: 5 }] })
    expect(await client.must('POST', `/work-orders/${id}/cancel`)).toMatchObject({ status: 'CANCELLED' })
    expect(await client.must('GET', '/stock')).toMatchObject({ data: [{ reserved: 0 }, { reserved: 0 }] })
    expect((await client.call('PATCH', `/work-orders/${id}`, { title: 'x' })).body.code).toBe('invalid_state')
    await client.auditIsClean()
  })

  test('approval and deductions of the same order at once end with each unit used once', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory', { maxConnections: 12 })), actor)
    const productId = await client.product()
    await client.receive(productId, 20, '1')
    const { id } = await client.must('POST', '/work-orders', { title: 'Job' })
    await client.must('POST', `/work-orders/${id}/products`, { lines: [{ productId, quantity: 10 }] })
    await client.must('POST', `/work-orders/${id}/start`)
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () =>
        client.call('POST', '/deductions', { workOrderId: id, lines: [{ productId, quantity: 1 }] }),
      ),
      client.call('POST', `/work-orders/${id}/approve`),
    ])
    expect(answers.every(({ status }) => status < 300 || status === 409)).toBe(true)
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 10, reserved: 0 })
    await client.auditIsClean()
  })
})

describe('scheduling', () => {
  test('shows whose time is taken twice, my tasks, and the days in the company’s time zone', async ({ db, actor }) => {
    const database = withoutWakeUps(db.open('inventory'))
    const client = clientOf(testApp(database), actor)
    const fitter = await know(database, actor, 'user', 'Nino')
    const plan = {
      assigneeIds: [fitter, actor.userId],
      scheduledStart: '2026-03-01T19:00:00Z',
      scheduledEnd: '2026-03-01T21:00:00Z',
    }
    const first = await client.must('POST', '/work-orders', { title: 'First', ...plan })
    const second = await client.must('POST', '/work-orders', { title: 'Second' })
    const assigned = await client.must('POST', `/work-orders/${second.id}/assign`, {
      ...plan,
      assigneeIds: [fitter],
      scheduledStart: '2026-03-01T20:30:00Z',
    })
    expect(assigned).toMatchObject({ conflicts: [{ workOrderId: first.id, assigneeIds: [fitter] }] })
    expect((await client.must('GET', '/work-orders?assignedToId=me')).data.map(({ id }) => id)).toEqual([first.id])

    const before = database.counters.queries
    const calendar = await client.must('GET', '/work-orders/calendar?from=2026-03-01&to=2026-03-02')
    expect(database.counters.queries - before).toBe(1)
    // 19:00 to 21:00 UTC is 23:00 to 01:00 in Tbilisi: both days.
    expect(calendar).toMatchObject({
      days: [
        { date: '2026-03-01', count: 1, items: [{ title: 'First' }] },
        { date: '2026-03-02', count: 2, items: [{ title: 'First' }, { title: 'Second' }] },
      ],
    })
    expect((await client.call('GET', '/work-orders/calendar?from=2026-03-01&to=2026-04-12')).status).toBe(400)
    expect((await client.must('GET', '/work-orders/calendar?from=2026-03-01&to=2026-04-11')).status).toBe(undefined)
    const backwards = { scheduledStart: plan.scheduledEnd, scheduledEnd: plan.scheduledStart }
    expect((await client.call('PATCH', `/work-orders/${first.id}`, backwards)).status).toBe(400)
  })
})

describe('changes', () => {
  test('obey versions, keep each other, and an empty one tells nothing', async ({ db, actor }) => {
    const database = db.open('inventory')
    const client = clientOf(testApp(database), actor)
    const { id } = await client.must('POST', '/work-orders', { title: 'Job' })
    const patch = (body: object, version?: number) =>
      client.call('PATCH', `/work-orders/${id}`, body, version === undefined ? {} : { 'if-match': `"${version}"` })
    expect((await patch({}, 1)).headers.etag).toBe('"1"')
    await Promise.all([patch({ title: 'New' }), patch({ address: 'Here' })])
    expect(await client.must('GET', `/work-orders/${id}`)).toMatchObject({ title: 'New', address: 'Here', version: 3 })
    expect((await patch({ title: 'Late' }, 1)).status).toBe(412)
    const stale = await client.call('POST', `/work-orders/${id}/start`, undefined, { 'if-match': '"1"' })
    expect(stale.status).toBe(412)
  })

  test('an employee changes only what is his, and approves nothing that the gateway lets through', async ({
    db,
    actor,
  }) => {
    const app = testApp(db.open('inventory'))
    const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
    const [client, own] = [clientOf(app, actor), clientOf(app, employee)]
    const foreign = await client.must('POST', '/work-orders', { title: 'Boss’s' })
    const mine = await own.must('POST', '/work-orders', { title: 'Mine' })
    expect((await own.call('POST', `/work-orders/${foreign.id}/start`)).status).toBe(403)
    expect((await own.call('POST', `/work-orders/${mine.id}/start`)).status).toBe(200)
  })

  test('unknown and foreign references are not found', async ({ db, actor, stranger }) => {
    const database = db.open('inventory')
    const app = testApp(database)
    const [client, other] = [clientOf(app, actor), clientOf(app, stranger)]
    const customerId = await know(database, stranger, 'customer', 'Theirs')
    const parent = await other.must('POST', '/work-orders', { title: 'Theirs' })
    for (const reference of [
      { customerId },
      { dealId: randomUUID() },
      { assigneeIds: [randomUUID()] },
      { parentId: parent.id },
    ]) {
      const answer = await client.call('POST', '/work-orders', { title: 'x', ...reference })
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found'])
    }
    for (const action of ['start', 'submit', 'approve', 'cancel'])
      expect((await client.call('POST', `/work-orders/${parent.id}/${action}`)).status).toBe(404)
    expect((await client.call('GET', `/work-orders/${parent.id}/activity`)).status).toBe(404)
  })

  test('an order has parts, and is approved after them', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const parent = await client.must('POST', '/work-orders', { title: 'Whole' })
    const part = await client.must('POST', '/work-orders', { title: 'Part', parentId: parent.id })
    const nested = await client.call('POST', '/work-orders', { title: 'Nested', parentId: part.id })
    expect(nested.body.code).toBe('nested_work_order')
    expect((await client.call('PATCH', `/work-orders/${parent.id}`, { parentId: part.id })).body.code).toBe(
      'nested_work_order',
    )
    await client.must('POST', `/work-orders/${parent.id}/start`)
    expect((await client.call('POST', `/work-orders/${parent.id}/approve`)).body.code).toBe('open_parts')
    await client.must('POST', `/work-orders/${part.id}/cancel`)
    await client.must('POST', `/work-orders/${parent.id}/approve`)
  })
})

test('bulk deletion tells of each in the order of the request, and atomic takes all or none', async ({ db, actor }) => {
  const database = db.open('inventory')
  const client = clientOf(testApp(database), actor)
  const productId = await client.product()
  await client.receive(productId, 5, '1')
  const [draft, started] = [
    await client.must('POST', '/work-orders', { title: 'a' }),
    await client.must('POST', '/work-orders', { title: 'b' }),
  ]
  await client.must('POST', `/work-orders/${draft.id}/products`, { lines: [{ productId, quantity: 5 }] })
  await client.must('POST', `/work-orders/${started.id}/start`)
  const missing = randomUUID()
  const ids = [started.id, draft.id, missing]
  const atomic = await client.call('POST', '/work-orders/bulk/delete', { ids, atomic: true })
  expect([atomic.status, atomic.body.code]).toEqual([409, 'bulk_rejected'])
  const mixed = await client.call('POST', '/work-orders/bulk/delete', { ids })
  expect(mixed).toMatchObject({
    status: 207,
    body: {
      results: [
        { id: started.id, status: 'conflict', code: 'invalid_state' },
        { id: draft.id, status: 'ok' },
        { id: missing, status: 'not_found' },
      ],
      summary: { ok: 1, noop: 0, failed: 2 },
    },
  })
  expect((await client.call('GET', `/work-orders/${draft.id}`)).status).toBe(404)
  expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ reserved: 0 })
  expect((await client.call('POST', '/work-orders/bulk/delete', { ids: [missing, missing] })).status).toBe(400)
  await client.auditIsClean()
})
