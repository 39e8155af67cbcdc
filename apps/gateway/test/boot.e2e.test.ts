import { join } from 'node:path'
import { run, statement } from '@dealwire/db/client'
import { bootService, privateServer, test, waitFor } from '@dealwire/testing'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { PASSWORD, type SignedIn, TOKEN_SECRET } from './gateway.ts'

const main = join(import.meta.dirname, '../src/main.ts')

let nats: Awaited<ReturnType<typeof privateServer>>
beforeAll(async () => {
  nats = await privateServer('nats')
})
afterAll(() => nats.dispose())

const published = statement('test_published', `SELECT seq FROM relay_cursor WHERE name = 'identity' AND seq > 0`)

test('starts, registers a company, publishes what happened, and stops when told to', async ({ db }) => {
  const gateway = await bootService(main, {
    DATABASE_URL: db.url('gateway'),
    REDIS_URL: inject('servers').redisUrl,
    NATS_URL: nats.url,
    TOKEN_SECRET,
  })
  try {
    const registered = await fetch(`${gateway.url}/v1/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        companyName: 'C',
        name: 'N',
        email: 'n@boot.test',
        password: PASSWORD,
        timeZone: 'Asia/Beirut',
      }),
    })
    expect(registered.status).toBe(201)
    const { accessToken, company } = (await registered.json()) as SignedIn
    expect(company).toMatchObject({ timeZone: 'Asia/Beirut', defaultRegion: 'LB' })
    await waitFor('the events to be published', async () => (await run(db.open('gateway'), published, [])).length === 1)
    await waitFor('the audit log to have them', async () => {
      const answer = await fetch(`${gateway.url}/v1/audit-log`, { headers: { authorization: `Bearer ${accessToken}` } })
      return JSON.stringify(await answer.json()).includes('"method":"registration"')
    })
  } finally {
    expect(await gateway.stop()).toBe(0)
  }
})
