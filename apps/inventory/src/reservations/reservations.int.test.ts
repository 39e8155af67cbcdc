import { randomUUID } from 'node:crypto'
import { test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { clientOf, testApp } from '../../test/support.ts'
import { expireReservations } from './expire-reservations.ts'

const forever = new AbortController().signal
const soon = () => new Date(Date.now() + 3_600_000).toISOString()
const past = () => new Date(Date.now() - 1_000).toISOString()

describe('reserved stock', () => {
  test('is there, but neither for deductions nor for corrections', async ({ db, actor }) => {
    const database = db.open('inventory')
    const client = clientOf(testApp(database), actor)
    const productId = await client.product()
    await client.receive(productId, 10, '2')
    const made = await client.must('POST', '/reservations', {
      lines: [
        { productId, quantity: 3 },
        { productId, quantity: 4.5 },
      ],
      expiresAt: soon(),
    })
    expect(made).toMatchObject({ status: 'OPEN', lines: [{ productId, quantity: 7.5, openQuantity: 7.5 }] })
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({
      onHand: 10,
      reserved: 7.5,
      available: 2.5,
    })

    const refused = await client.deduct({ productId, quantity: 3 })
    expect(refused).toMatchObject({ status: 409, body: { code: 'insufficient_stock', errors: [{ available: 2.5 }] } })
    const lost = await client.call('POST', '/adjustments', { lines: [{ productId, quantity: -3 }] })
    expect([lost.status, lost.body.code]).toEqual([409, 'insufficient_stock'])
    expect((await client.deduct({ productId, quantity: 2.5 })).status).toBe(201)
    await client.auditIsClean()

    const released = await client.must('POST', `/reservations/${made.id}/release`)
    expect(released).toMatchObject({ status: 'RELEASED', lines: [{ quantity: 7.5, openQuantity: 0 }] })
    expect((await client.call('POST', `/reservations/${made.id}/release`)).body.code).toBe('invalid_state')
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 7.5, reserved: 0 })
    await client.auditIsClean()

    const { rows } = await database.pool.query(
      "SELECT type, data FROM event_log WHERE company_id = $1 AND type ~ 'reserved|released' ORDER BY seq",
      [actor.companyId],
    )
    expect(rows).toMatchObject([
      { type: 'crm.inventory.stock.reserved', data: { reservationId: made.id, lines: [{ quantity: 7.5 }] } },
      { type: 'crm.inventory.stock.released', data: { status: 'RELEASED', lines: [{ quantity: -7.5 }] } },
    ])
  })

  test('short for one line is refused for all', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory')), actor)
    const [rich, poor] = [await client.product(), await client.product()]
    await client.receive(rich, 5, '1')
    const lines = [rich, poor].map((productId) => ({ productId, quantity: 1 }))
    const refused = await client.call('POST', '/reservations', { lines })
    expect(refused).toMatchObject({ status: 409, body: { errors: [{ productId: poor, requested: 1, available: 0 }] } })
    expect((await client.must('GET', '/reservations')).data).toEqual([])
    expect(await client.must('GET', `/products/${rich}`)).toMatchObject({ reserved: 0 })
  })

  test('is never promised twice, however many ask at once', async ({ db, actor }) => {
    const client = clientOf(testApp(db.open('inventory', { maxConnections: 12 })), actor)
    const productId = await client.product()
    await client.receive(productId, 10, '1')
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        index % 2 === 0
          ? client.call('POST', '/reservations', { lines: [{ productId, quantity: 1 }] })
          : client.deduct({ productId, quantity: 1 }),
      ),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ available: 0 })
    await client.auditIsClean()
  })
})

describe('an expired reservation', () => {
  test('frees its stock exactly once, though several clocks and a person try at the same time', async ({
    db,
    actor,
  }) => {
    const database = db.open('inventory', { maxConnections: 10 })
    const client = clientOf(testApp(database), actor)
    const productId = await client.product()
    await client.receive(productId, 10, '1')
    const due = await Promise.all(
      Array.from({ length: 4 }, () =>
        client.must('POST', '/reservations', { lines: [{ productId, quantity: 2 }], expiresAt: past() }),
      ),
    )
    const kept = await client.must('POST', '/reservations', { lines: [{ productId, quantity: 1 }], expiresAt: soon() })

    const [released] = await Promise.all([
      client.call('POST', `/reservations/${due[0]?.id}/release`),
      ...Array.from({ length: 4 }, () => expireReservations(database, forever)),
    ])
    await expireReservations(database, forever)
    expect([200, 409]).toContain(released.status)
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 10, reserved: 1 })
    expect(await client.must('GET', `/reservations/${kept.id}`)).toMatchObject({ status: 'OPEN' })
    const { rows } = await database.pool.query(
      "SELECT count(*) AS told FROM event_log WHERE company_id = $1 AND type = 'crm.inventory.stock.released'",
      [actor.companyId],
    )
    expect(rows[0]).toEqual({ told: 4 })
    await client.auditIsClean()
  })
})

test('a reservation is another company’s secret', async ({ db, actor, stranger }) => {
  const app = testApp(db.open('inventory'))
  const [client, other] = [clientOf(app, actor), clientOf(app, stranger)]
  const productId = await client.product()
  await client.receive(productId, 5, '1')
  const made = await client.must('POST', '/reservations', { lines: [{ productId, quantity: 1 }] })
  for (const answer of [
    await other.call('GET', `/reservations/${made.id}`),
    await other.call('POST', `/reservations/${made.id}/release`),
    await other.call('POST', '/reservations', { lines: [{ productId, quantity: 1 }] }),
    await client.call('POST', '/reservations', { lines: [{ productId, quantity: 1 }], workOrderId: randomUUID() }),
  ])
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found'])
})
