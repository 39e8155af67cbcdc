import { join } from 'node:path'
import { bootService, identityHeaders, privateServer, test, waitFor } from '@dealwire/testing'
import { afterAll, beforeAll, expect } from 'vitest'

const main = join(import.meta.dirname, '../src/main.ts')

let nats: Awaited<ReturnType<typeof privateServer>>
beforeAll(async () => {
  nats = await privateServer('nats')
})
afterAll(() => nats.dispose())

test('starts, becomes ready, publishes what happens, and stops when told to', async ({ db, actor }) => {
  const service = await bootService(main, {
    DATABASE_URL: db.url('inventory'),
    NATS_URL: nats.url,
  })
  const get = (path: string) => fetch(`${service.url}${path}`, { headers: identityHeaders(actor, 'inventory') })
  try {
    const made = await fetch(`${service.url}/v1/inventory/products`, {
      method: 'POST',
      headers: { ...identityHeaders(actor, 'inventory'), 'content-type': 'application/json' },
      body: JSON.stringify({ sku: 'A', name: 'A' }),
    })
    expect(made.status).toBe(201)
    await waitFor('the event to be published', async () =>
      /relay_published_total\{[^}]*\} 1/.test(await (await get('/metrics')).text()),
    )
  } finally {
    expect(await service.stop()).toBe(0)
  }
})
