import { randomUUID } from 'node:crypto'
import { run, statement } from '@dealwire/db/client'
import { test, waitFor } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { register, startGateway } from './gateway.ts'
import { addKey, addUser, as } from './people.ts'
import { startStandIn } from './service.ts'

const everything = statement(
  'test_everything_stored',
  `SELECT (SELECT string_agg(k::text, ' ') FROM api_keys k) || (SELECT string_agg(i::text, ' ') FROM idempotency_keys i)
     || (SELECT string_agg(e::text, ' ') FROM event_log e) AS stored`,
)
const expire = statement('test_expire_key', `UPDATE api_keys SET expires_at = now() - interval '1 s' WHERE id = $1`)

describe('API keys', () => {
  test('a key is a bearer token with its own permissions, in the name of its creator', async ({ db }) => {
    const service = await startStandIn()
    const app = await startGateway(db.open('gateway'), { upstreamUrls: { deals: service.url } })
    const admin = await register(app)
    const { key } = await addKey(app, admin.accessToken, ['deal:read'])
    const call = as(app, key)
    expect((await call('GET', '/v1/auth/me')).json().user).toMatchObject({
      id: admin.user.id,
      permissions: ['deal:read'],
    })
    expect((await call('GET', '/v1/deals')).statusCode).toBe(200)
    expect((await call('POST', '/v1/deals', { title: 'No' })).statusCode).toBe(403)
    expect((await call('GET', '/v1/users')).statusCode).toBe(403)
    expect((await as(app, `${key}x`)('GET', '/v1/auth/me')).json().code).toBe('unauthenticated')
    const wrong = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`
    expect((await as(app, wrong)('GET', '/v1/auth/me')).statusCode).toBe(401)
  })

  test('the key is shown once and kept nowhere, a repeated request included', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database)
    const admin = await register(app)
    const call = as(app, admin.accessToken)
    const send = () =>
      call('POST', '/v1/api-keys', { name: 'Once', permissions: ['deal:read'] }, { 'idempotency-key': 'once' })
    const [first, second] = [await send(), await send()]
    expect(first.json().key.startsWith(`${first.json().prefix}_`)).toBe(true)
    expect([second.statusCode, second.json()]).toEqual([201, { ...first.json(), key: null }])
    const list = await call('GET', '/v1/api-keys?q=onc&sort=name')
    expect(list.json().data).toMatchObject([{ name: 'Once', prefix: first.json().prefix, lastUsedAt: null }])
    expect(list.body).not.toContain('"key"')
    const [{ stored } = { stored: '' }] = await run<{ stored: string }>(database, everything, [])
    expect(stored).toContain('Once')
    expect(stored).not.toContain(first.json().key.slice(-43))
  })

  test('a revoked key is refused here at once and elsewhere within two seconds', async ({ db }) => {
    const [here, there] = [await startGateway(db.open('gateway')), await startGateway(db.open('gateway'))]
    const admin = await register(here)
    const { id, key } = await addKey(here, admin.accessToken, ['user:read'])
    const status = async (app: typeof here) => (await as(app, key)('GET', '/v1/users')).statusCode
    expect([await status(here), await status(there)]).toEqual([200, 200])
    const call = as(here, admin.accessToken)
    expect((await call('DELETE', `/v1/api-keys/${id}`, undefined, { 'if-match': '"7"' })).statusCode).toBe(412)
    expect((await call('DELETE', `/v1/api-keys/${id}`)).statusCode).toBe(204)
    expect(await status(here)).toBe(401)
    await waitFor('the other gateway to refuse the key', async () => (await status(there)) === 401, 2_000)
    expect((await call('DELETE', `/v1/api-keys/${id}`)).statusCode).toBe(404)
    expect((await call('GET', `/v1/api-keys/${id}`)).statusCode).toBe(404)
  })

  test('a key ends with its time, its creator’s account, and its creator’s permissions', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database)
    const admin = await register(app)
    const call = as(app, admin.accessToken)
    const second = await addUser(app, admin.accessToken, 'ADMIN')
    const [short, lasting] = [
      await addKey(app, second.accessToken, ['user:read'], { expiresAt: new Date(Date.now() + 60_000).toISOString() }),
      await addKey(app, second.accessToken, ['user:read', 'user:manage']),
    ]
    const users = async (key: string) => (await as(app, key)('GET', '/v1/users')).statusCode
    await run(database, expire, [short.id])
    expect([await users(short.key), await users(lasting.key)]).toEqual([401, 200])
    await call('PATCH', `/v1/users/${second.id}`, { role: 'EMPLOYEE' })
    expect(await users(lasting.key)).toBe(403)
    await call('PATCH', `/v1/users/${second.id}`, { active: false })
    expect(await users(lasting.key)).toBe(401)
    const past = { name: 'Past', permissions: ['deal:read'], expiresAt: '2020-01-01T00:00:00Z' }
    expect((await call('POST', '/v1/api-keys', past)).json().errors).toMatchObject([{ path: 'expiresAt' }])
  })

  test('nobody makes a key that may do more than they may, and a stranger’s key is not found', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const [admin, stranger] = [await register(app), await register(app)]
    const { id, key } = await addKey(app, admin.accessToken, ['user:manage'])
    const more = await as(app, key)('POST', '/v1/api-keys', { name: 'More', permissions: ['user:manage', 'deal:read'] })
    expect([more.statusCode, more.json().code]).toEqual([403, 'forbidden'])
    const boss = { name: 'Boss', email: `${randomUUID()}@company.test`, role: 'ADMIN' }
    expect((await as(app, key)('POST', '/v1/users', boss)).statusCode).toBe(403)
    for (const method of ['GET', 'DELETE'] as const)
      expect((await as(app, stranger.accessToken)(method, `/v1/api-keys/${id}`)).statusCode).toBe(404)
  })

  test('a key cannot take over its creator, who may do more: neither the password nor the email is its to set', async ({
    db,
  }) => {
    const app = await startGateway(db.open('gateway'))
    const admin = await register(app)
    const { key } = await addKey(app, admin.accessToken, ['user:read', 'user:manage'])
    for (const change of [{ password: 'a stolen password' }, { email: `${randomUUID()}@thief.test` }])
      expect((await as(app, key)('PATCH', `/v1/users/${admin.user.id}`, change)).statusCode).toBe(403)
    const own = { name: 'Ana B', password: 'another password of mine' }
    expect((await as(app, admin.accessToken)('PATCH', `/v1/users/${admin.user.id}`, own)).statusCode).toBe(200)
  })

  test('each key has a limit of its own', async ({ db }) => {
    const app = await startGateway(db.open('gateway'), { rateLimitScale: 0.01 })
    const admin = await register(app)
    const key = (await addKey(app, admin.accessToken, ['user:manage'])).key
    const other = (await addKey(app, key, ['user:manage'])).key
    const remaining = async (token: string) =>
      (await as(app, token)('GET', '/v1/auth/me')).headers['ratelimit-remaining']
    expect([await remaining(key), await remaining(other), await remaining(admin.accessToken)]).toEqual([
      '58',
      '59',
      '58',
    ])
  })
})
