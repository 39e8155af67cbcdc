import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto'
import { withTx } from '@dealwire/db/client'
import { test, waitFor } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { SignJWT } from 'jose'
import { describe, expect } from 'vitest'
import { openKeyring } from '../src/keys/keyring.ts'
import { rotateSigningKey } from '../src/keys/rotate-signing-key.ts'
import { openVault } from '../src/keys/vault.ts'
import { bearer, register, startGateway, TOKEN_SECRET } from './gateway.ts'
import { addUser } from './people.ts'
import { startStandIn } from './service.ts'

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('access tokens', () => {
  test('forged, unsigned, foreign, expired and wrongly typed ones are 401', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const { accessToken } = await register(app)
    const [head = '', body = '', signature = ''] = accessToken.split('.')
    const header = JSON.parse(Buffer.from(head, 'base64url').toString())
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    const jwks = (await app.inject('/.well-known/jwks.json')).json()
    const { privateKey } = generateKeyPairSync('ed25519')
    const foreign = (kid: string) => new SignJWT(claims).setProtectedHeader({ ...header, kid }).sign(privateKey)
    const hmac = `${encode({ ...header, alg: 'HS256' })}.${body}`
    const forged = {
      'alg none': `${encode({ ...header, alg: 'none' })}.${body}.`,
      'the public key as an HMAC secret': `${hmac}.${createHmac('sha256', jwks.keys[0].x).update(hmac).digest('base64url')}`,
      'another key under a known id': await foreign(header.kid),
      'another key under an unknown id': await foreign(randomUUID()),
      'other claims under the old signature': `${head}.${encode({ ...claims, cid: randomUUID() })}.${signature}`,
      'another type': `${encode({ ...header, typ: 'JWT' })}.${body}.${signature}`,
      'no token at all': 'x',
      empty: '',
    }
    for (const [name, token] of Object.entries(forged)) {
      const response = await app.inject({ url: '/v1/auth/me', headers: bearer(token) })
      expect([response.statusCode, response.json().code], name).toEqual([401, 'unauthenticated'])
      expect(response.headers['www-authenticate'], name).toBe('Bearer')
    }
    expect((await app.inject('/v1/auth/me')).statusCode).toBe(401)
  })

  test('survive a rotation of the signing key; the new key signs once every gateway had time to learn it', async ({
    db,
  }) => {
    const database = db.open('gateway')
    const app = await startGateway(database)
    const { accessToken } = await register(app)
    await withTx(database, (tx) => rotateSigningKey(tx, openVault(TOKEN_SECRET)))
    const other = await startGateway(database)
    expect((await other.inject('/.well-known/jwks.json')).json().keys).toHaveLength(2)
    const response = await other.inject({ url: '/v1/auth/me', headers: bearer(accessToken) })
    expect(response.statusCode).toBe(200)
  })
})

test('a token of ours whose time is over is 401, and the next one of the same session is not', async ({ db }) => {
  const database = db.open('gateway')
  const app = await startGateway(database)
  const { accessToken } = await register(app)
  const keyring = openKeyring(database, openVault(TOKEN_SECRET))
  const { kid, privateKey } = await keyring.signingKey()
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())
  const sign = (exp: number) =>
    new SignJWT({ ...claims, exp }).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid }).sign(privateKey)
  const now = Math.floor(Date.now() / 1000)
  const [over, good] = [await sign(now - 1), await sign(now + 60)]
  const expired = await app.inject({ url: '/v1/auth/me', headers: bearer(over) })
  expect([expired.statusCode, expired.json().detail]).toEqual([401, 'The access token has expired; refresh it.'])
  expect((await app.inject({ url: '/v1/auth/me', headers: bearer(good) })).statusCode).toBe(200)
})

describe('permissions', () => {
  test('a role that may not is 403 before the service is asked; nobody is 401', async ({ db }) => {
    const service = await startStandIn()
    const app = await startGateway(db.open('gateway'), { upstreamUrls: { deals: service.url } })
    const admin = await register(app)
    const employee = await addUser(app, admin.accessToken, 'EMPLOYEE')
    const url = `/v1/deals/${randomUUID()}`
    const refused = await app.inject({ method: 'DELETE', url, headers: bearer(employee.accessToken) })
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'forbidden'])
    expect((await app.inject({ method: 'DELETE', url })).statusCode).toBe(401)
    expect(service.seen).toEqual([])
    expect((await app.inject({ method: 'DELETE', url, headers: bearer(admin.accessToken) })).statusCode).toBe(200)
  })

  test('a change of role works at once here and within two seconds elsewhere, without signing in again', async ({
    db,
  }) => {
    const here = await startGateway(db.open('gateway'))
    const there = await startGateway(db.open('gateway'))
    const admin = await register(here)
    const user = await addUser(here, admin.accessToken, 'EMPLOYEE')
    const list = async (app: FastifyInstance) =>
      (await app.inject({ url: '/v1/users', headers: bearer(user.accessToken) })).statusCode
    expect([await list(here), await list(there)]).toEqual([403, 403])
    await here.inject({
      method: 'PATCH',
      url: `/v1/users/${user.id}`,
      headers: bearer(admin.accessToken),
      payload: { role: 'MANAGER' },
    })
    expect(await list(here)).toBe(200)
    await waitFor('the other gateway to see the role', async () => (await list(there)) === 200, 2_000)
  })

  test('a list asks for 1 to 100, or gets 400 from the gateway itself', async ({ db }) => {
    const service = await startStandIn()
    const app = await startGateway(db.open('gateway'), { upstreamUrls: { deals: service.url } })
    const { accessToken } = await register(app)
    for (const limit of ['0', '101', '-1', '1e2', 'x', '5&limit=6', '']) {
      const response = await app.inject({ url: `/v1/deals?limit=${limit}`, headers: bearer(accessToken) })
      expect([response.statusCode, response.json().code], limit).toEqual([400, 'validation_failed'])
    }
    expect(service.seen).toEqual([])
    expect((await app.inject({ url: '/v1/deals?limit=100', headers: bearer(accessToken) })).statusCode).toBe(200)
  })

  test('an unknown path and a known one with another method are 404 problems', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const [unknown, method] = [await app.inject('/v1/nothing'), await app.inject({ method: 'PUT', url: '/v1/deals' })]
    for (const response of [unknown, method]) {
      expect([response.statusCode, response.json().code]).toEqual([404, 'not_found'])
      expect(response.headers['content-security-policy']).toBeDefined()
      expect(response.headers['x-request-id']).toBe(response.json().requestId)
    }
  })
})

describe('users', () => {
  test('deactivating ends the sessions, and the last administrator stays', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const admin = await register(app)
    const user = await addUser(app, admin.accessToken, 'ADMIN')
    const patch = async (id: string, payload: object, token = admin.accessToken) =>
      app.inject({ method: 'PATCH', url: `/v1/users/${id}`, headers: bearer(token), payload })

    const both = await Promise.all([
      patch(user.id, { active: false }),
      patch(admin.user.id, { role: 'MANAGER' }, user.accessToken),
    ])
    expect(both.map((response) => response.statusCode).sort()).not.toEqual([200, 200])
    const [deactivated] = both
    if (deactivated?.statusCode === 200) {
      expect((await app.inject({ url: '/v1/auth/me', headers: bearer(user.accessToken) })).statusCode).toBe(401)
      const last = await patch(admin.user.id, { active: false })
      expect([last.statusCode, last.json().code]).toEqual([409, 'last_admin'])
    }
  })

  test('If-Match guards a change, an empty one changes nothing, and a stranger’s user is not found', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const admin = await register(app)
    const stranger = await register(app)
    const patch = async (payload: object, headers = {}, token = admin.accessToken) =>
      app.inject({
        method: 'PATCH',
        url: `/v1/users/${admin.user.id}`,
        headers: { ...bearer(token), ...headers },
        payload,
      })
    expect((await patch({ name: 'Ana Two' }, { 'if-match': '"1"' })).headers.etag).toBe('"2"')
    expect((await patch({ name: 'Ana Three' }, { 'if-match': '"1"' })).json().code).toBe('version_mismatch')
    expect((await patch({})).json().version).toBe(2)
    expect((await patch({ name: 'Mine' }, {}, stranger.accessToken)).statusCode).toBe(404)
  })

  test('the list pages, filters and searches', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const admin = await register(app)
    await addUser(app, admin.accessToken, 'EMPLOYEE')
    const list = async (query: string) =>
      (await app.inject({ url: `/v1/users?${query}`, headers: bearer(admin.accessToken) })).json()
    const first = await list('limit=1&count=exact')
    expect(first).toMatchObject({ data: [{ name: 'Nino' }], page: { total: 2 } })
    expect((await list(`limit=1&cursor=${first.page.nextCursor}`)).data).toMatchObject([{ name: 'Ana' }])
    expect((await list('role=ADMIN')).data).toHaveLength(1)
    expect((await list('q=NIN')).data).toMatchObject([{ name: 'Nino' }])
    expect((await list('q=%25')).data).toEqual([])
  })

  test('a repeated creation with the same key creates one user', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const admin = await register(app)
    const send = async () =>
      app.inject({
        method: 'POST',
        url: '/v1/users',
        headers: { ...bearer(admin.accessToken), 'idempotency-key': 'once' },
        payload: { name: 'Once', email: 'once@company.test' },
      })
    const [first, second] = [await send(), await send()]
    expect([first.statusCode, second.statusCode]).toEqual([201, 201])
    expect(second.json()).toEqual(first.json())
    expect(second.headers['idempotency-replayed']).toBe('true')
  })
})

describe('company', () => {
  test('new settings travel with the next call', async ({ db }) => {
    const service = await startStandIn()
    const app = await startGateway(db.open('gateway'), { upstreamUrls: { deals: service.url } })
    const { accessToken } = await register(app)
    const payload = { currency: 'EUR', timeZone: 'Europe/Berlin' }
    const changed = await app.inject({ method: 'PATCH', url: '/v1/company', headers: bearer(accessToken), payload })
    expect(changed.json()).toMatchObject({ ...payload, version: 2 })
    await app.inject({ url: `/v1/deals/${randomUUID()}`, headers: bearer(accessToken) })
    const [identity = ''] = String(service.seen[0]?.headers['x-dealwire-identity']).split('.')
    expect(JSON.parse(Buffer.from(identity, 'base64url').toString()).company).toMatchObject(payload)
  })
})
