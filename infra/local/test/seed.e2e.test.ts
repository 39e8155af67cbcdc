import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  buildServices,
  deleteData,
  type PrivateSystem,
  startPrivateSystem,
  testFolder,
  waitUntil,
} from '../src/index.ts'
import { demoApi } from '../src/seed/demo-api.ts'
import { demoLogins, demoPassword } from '../src/seed/demo-logins.ts'
import { seedDemo } from '../src/seed/seed-demo.ts'

const folder = join(testFolder, `seed-${randomUUID().slice(0, 8)}`)
let system: PrivateSystem
let client: pg.Client

beforeAll(async () => {
  await buildServices(AbortSignal.timeout(150_000))
  system = await startPrivateSystem({ folder, durable: false })
  client = new pg.Client({ connectionString: system.databaseUrl })
  await client.connect()
})
afterAll(async () => {
  await client?.end()
  await system?.stop()
  deleteData(folder)
})

async function count(table: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`)
  return Number(rows[0]?.count)
}

const tables = {
  'deals.customers': 200,
  'deals.contacts': 200,
  'deals.deals': 500,
  'inventory.products': 100,
  'inventory.purchase_orders': 3,
  'telephony.calls': 2_000,
}
async function counts(): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const table of Object.keys(tables)) found[table] = await count(table)
  return found
}

const seed = () => seedDemo({ gatewayUrl: system.gatewayUrl, databaseUrl: system.databaseUrl, log: () => undefined })

test('a seed that was killed is completed by the next, once, and within a minute', async () => {
  await killMidway('deals.deals', 50)
  await killMidway('telephony.calls', 200)

  const startedAt = performance.now()
  await seed()
  expect(performance.now() - startedAt).toBeLessThan(60_000)
  expect(await counts()).toEqual(tables)
  expect(await count('inventory.batches WHERE remaining_quantity < 0')).toBe(0)
}, 180_000)

test('what somebody has renamed since is not made again', async () => {
  await client.query('SET search_path = deals, extensions')
  const renamed = await client.query(
    "UPDATE deals.deals SET title = 'Renamed' WHERE id = (SELECT id FROM deals.deals LIMIT 1)",
  )
  expect(renamed.rowCount).toBe(1)
  const before = await counts()
  await seed()
  expect(await counts()).toEqual(before)
})

test('every login gets in, and the dashboard has a year of revenue, calls and stock', async () => {
  for (const { email, role } of demoLogins) {
    const response = await fetch(`${system.gatewayUrl}/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: demoPassword }),
    })
    const session = (await response.json()) as { accessToken: string; user: { role: string } }
    expect(session.user.role).toBe(role)
    const api = demoApi(system.gatewayUrl, session.accessToken)
    expect(await api.list('/v1/deals')).toHaveLength(500)
    if (role === 'ADMIN') await expectFullDashboard(session.accessToken)
  }
})

async function expectFullDashboard(accessToken: string): Promise<void> {
  const ask = async () => {
    const response = await fetch(`${system.gatewayUrl}/v1/analytics/dashboard`, {
      headers: { authorization: `Bearer ${accessToken}` },
    })
    return (await response.json()) as {
      deals: { open: number }
      telephony: Record<'answered' | 'missed' | 'abandoned', number>
      inventory: { lowStock: number }
      revenueByMonth: { count: number }[]
    }
  }
  await waitUntil(async () => (await ask()).telephony.answered > 500, { timeoutMs: 20_000 })
  const { deals, telephony, inventory, revenueByMonth } = await ask()
  expect(deals.open).toBeGreaterThan(50)
  expect(Math.min(telephony.answered, telephony.missed, telephony.abandoned)).toBeGreaterThan(20)
  expect(inventory.lowStock).toBeGreaterThan(2)
  expect(revenueByMonth.filter((month) => month.count > 0).length).toBeGreaterThanOrEqual(11)
}

/** Seeds in a process of its own, which is killed as soon as the table has so many rows. */
async function killMidway(table: string, rows: number): Promise<void> {
  const program = fileURLToPath(new URL('seed-child.ts', import.meta.url))
  const child = spawn(process.execPath, [program, system.gatewayUrl, system.databaseUrl], { stdio: 'inherit' })
  const ended = once(child, 'exit')
  await waitUntil(async () => (await count(table)) >= rows, { timeoutMs: 30_000, everyMs: 5 })
  child.kill('SIGKILL')
  const [code] = await ended
  expect(code, 'it was still at work').toBeNull()
}
