import { join } from 'node:path'
import { bootService, identityHeaders, privateServer, test, waitFor } from '@dealwire/testing'
import { afterAll, beforeAll, expect } from 'vitest'

const main = join(import.meta.dirname, '../src/main.ts')

let nats: Awaited<ReturnType<typeof privateServer>>
beforeAll(async () => {
  nats = await privateServer('nats')
})
afterAll(() => nats.dispose())

test('starts, becomes ready, answers the dashboard, and stops when told to', async ({ db, actor }) => {
  const service = await bootService(main, {
    DATABASE_URL: db.url('analytics'),
    NATS_URL: nats.url,
  })
  const get = (path: string) => fetch(`${service.url}${path}`, { headers: identityHeaders(actor, 'analytics') })
  try {
    expect((await get('/v1/analytics/dashboard')).status).toBe(200)
    await waitFor('the lag to be measured', async () => {
      const metrics = await (await get('/metrics')).text()
      return /analytics_waiting_events\{[^}]*\} 0/.test(metrics)
    })
  } finally {
    expect(await service.stop()).toBe(0)
  }
})
