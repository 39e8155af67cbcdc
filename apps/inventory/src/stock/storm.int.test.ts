import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from '@dealwire/testing'
import pg from 'pg'
import { expect } from 'vitest'
import { clientOf, testApp } from '../../test/support.ts'

const UNITS = 100
const MAX_ATTEMPTS = 60
const SHOT_EVERY_MS = 40

test('200 clients and shots at their connections: exactly 100 units of each product are gone, each answered once', async ({
  db,
  actor,
}) => {
  const app = testApp(db.open('inventory', { maxConnections: 16 }))
  const client = clientOf(app, actor)
  const [a, b] = [await client.product(), await client.product()]
  for (const productId of [a, b]) for (let layer = 0; layer < 10; layer++) await client.receive(productId, 10, '1.11')

  const seen = new Map<string, number>()
  /** A client that was cut off asks again with its key, so that it learns whether its first call took effect. */
  async function deduct(products: readonly string[]): Promise<number> {
    const headers = { 'idempotency-key': randomUUID() }
    const lines = products.map((productId) => ({ productId, quantity: 1 }))
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const { status, body } = await client.call('POST', '/deductions', { lines }, headers)
      const outcome = status === 201 ? 'taken' : body.code
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
      if (status === 201) return 1
      if (body.code === 'insufficient_stock') return 0
      await pause(5 + Math.random() * 40)
    }
    throw new Error(`No answer after ${MAX_ATTEMPTS} attempts`)
  }

  const gunner = new pg.Client({ connectionString: db.adminUrl })
  await gunner.connect()
  const over = new AbortController()
  const shooting = shoot(gunner, over.signal)
  // Demand for each product is at least what there is, however the single and the double ones come in.
  const taken = await Promise.all(
    Array.from({ length: 200 }, (_, index) => {
      const products = [[a, b], [b, a], [a], [b]][index % 4] ?? []
      return deduct(products).then((times) => times * products.length)
    }),
  )
  over.abort()
  const shots = await shooting
  await gunner.end()

  expect(taken.reduce((sum, units) => sum + units, 0)).toBe(2 * UNITS)
  for (const productId of [a, b])
    expect(await client.must('GET', `/products/${productId}`)).toMatchObject({ onHand: 0, reserved: 0 })
  expect(await client.must('GET', '/value')).toMatchObject({ total: '0.00' })
  expect(shots).toBeGreaterThan(3)
  const expected = ['idempotency_in_progress', 'insufficient_stock', 'storage_unavailable', 'taken']
  expect([...seen.keys()].filter((outcome) => !expected.includes(outcome))).toEqual([])
  await client.auditIsClean()
}, 60_000)

async function shoot(gunner: pg.Client, signal: AbortSignal): Promise<number> {
  let shots = 0
  while (!signal.aborted) {
    const { rowCount } = await gunner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'test-inventory' AND datname = current_database() AND state <> 'idle' ORDER BY random() LIMIT 1`,
    )
    shots += rowCount ?? 0
    await pause(SHOT_EVERY_MS)
  }
  return shots
}
