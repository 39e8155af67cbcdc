import { withTx } from '@dealwire/db/client'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { clientOf, testApp } from '../../test/support.ts'
import { expireReservations } from './expire-reservations.ts'

type Told = { type: string; data: { lines: { productId: string; quantity: number; after: { reserved: number } }[] } }

test('whatever becomes of a reservation, its events tell what is reserved', async ({ db, actor }) => {
  const database = db.open('inventory')
  const client = clientOf(testApp(database), actor)
  const products = [await client.product(), await client.product(), await client.product()]
  const [used = '', unused = '', other = ''] = products
  for (const productId of products) await client.receive(productId, 20, '2')

  async function told(): Promise<Told[]> {
    const { rows } = await database.pool.query<Told>(
      `SELECT type, data FROM event_log WHERE company_id = $1 AND type LIKE 'crm.inventory.stock.%' ORDER BY seq`,
      [actor.companyId],
    )
    return rows
  }
  /** What somebody believes who has nothing but the events. */
  async function expectTold(): Promise<void> {
    const believed = new Map<string, number>()
    for (const { data } of await told())
      for (const line of data.lines) believed.set(line.productId, line.after.reserved)
    for (const productId of products) {
      const { data } = await client.must('GET', `/stock?productId=${productId}`)
      expect(data).toMatchObject([{ reserved: believed.get(productId) }])
    }
  }

  const { id } = await client.must('POST', '/work-orders', { title: 'Job' })
  const plan = (...lines: object[]) => client.must('POST', `/work-orders/${id}/products`, { lines })
  await plan({ productId: used, quantity: 3 }, { productId: unused, quantity: 4 })
  await plan({ productId: used, quantity: 2 }, { productId: unused, quantity: 1 })
  await expectTold()
  await client.must('POST', '/deductions', { workOrderId: id, lines: [{ productId: used, quantity: 1 }] })
  await expectTold()
  await client.must('POST', `/work-orders/${id}/start`)
  await client.must('POST', `/work-orders/${id}/approve`, {
    lines: [
      { productId: used, quantity: 2 },
      { productId: unused, quantity: 0 },
    ],
  })
  await expectTold()
  const released = (await told()).filter(({ type }) => type === 'crm.inventory.stock.released')
  const freed = released.flatMap(({ data }) => data.lines.map((line) => [line.productId, line.quantity]))
  // Of the 5 held of one, 3 were used; of the other, held by two reservations, none was.
  expect(freed.toSorted()).toEqual(
    [
      [used, -2],
      [unused, -4],
      [unused, -1],
    ].toSorted(),
  )

  const dropped = await client.must('POST', '/work-orders', { title: 'Dropped' })
  await client.must('POST', `/work-orders/${dropped.id}/products`, { lines: [{ productId: other, quantity: 6 }] })
  await expectTold()
  await client.must('POST', `/work-orders/${dropped.id}/cancel`)
  await expectTold()

  const soon = new Date(Date.now() + 60_000).toISOString()
  await client.must('POST', '/reservations', { lines: [{ productId: other, quantity: 7 }], expiresAt: soon })
  await withTx(database, (tx) =>
    tx.client.query('UPDATE reservations SET expires_at = now() WHERE expires_at IS NOT NULL'),
  )
  expect(await expireReservations(database, AbortSignal.timeout(10_000))).toBe(1)
  await expectTold()
  expect((await told()).at(-1)).toMatchObject({ data: { status: 'EXPIRED', lines: [{ quantity: -7 }] } })
  await client.auditIsClean()
})
