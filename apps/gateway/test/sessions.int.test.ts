import { run, statement } from '@dealwire/db/client'
import { createLogger } from '@dealwire/telemetry'
import { test, waitFor } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { describe, expect, onTestFinished } from 'vitest'
import { watchChanges } from '../src/access/watch-changes.ts'
import { bearer, PASSWORD, register, startGateway } from './gateway.ts'
import { addUser, as } from './people.ts'

const me = async (app: FastifyInstance, token: string) => app.inject({ url: '/v1/auth/me', headers: bearer(token) })
const refresh = async (app: FastifyInstance, refreshToken: string) =>
  app.inject({ method: 'POST', url: '/v1/auth/refresh', payload: { refreshToken } })
const login = async (app: FastifyInstance, email: string, password: string) =>
  app.inject({ method: 'POST', url: '/v1/auth/login', payload: { email, password } })

const eventTypes = statement('test_event_types', 'SELECT type FROM event_log WHERE company_id = $1 ORDER BY seq')
const countEvents = statement('test_count_events', 'SELECT count(*)::int AS count FROM event_log')
const sessionEvents = statement(
  'test_session_events',
  `SELECT type, actor_id AS "actorId", data FROM event_log
   WHERE company_id = $1 AND type LIKE 'crm.identity.session.%' ORDER BY seq`,
)
type Logged = { type: string; actorId: string | null; data: Record<string, unknown> }

const ageRotation = statement(
  'test_age_rotation',
  `UPDATE sessions SET rotated_at = rotated_at - interval '11 seconds' WHERE company_id = $1`,
)

describe('register', () => {
  test('makes company and administrator, says so in the log, and signs in', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database)
    const signedIn = await register(app)
    expect(signedIn.user.role).toBe('ADMIN')
    const response = await me(app, signedIn.accessToken)
    expect(response.json()).toMatchObject({
      user: { id: signedIn.user.id },
      company: { id: signedIn.company.id, currency: 'GEL' },
    })
    const events = await run<{ type: string }>(database, eventTypes, [signedIn.company.id])
    expect(events.map((event) => event.type)).toEqual([
      'crm.identity.company.created',
      'crm.identity.user.created',
      'crm.identity.session.created',
    ])
  })

  test('a taken email conflicts, whatever its case, and leaves no company behind', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database)
    await register(app, 'taken@company.test')
    const payload = { companyName: 'Late', name: 'Late', email: ' Taken@Company.test', password: PASSWORD }
    const response = await app.inject({ method: 'POST', url: '/v1/auth/register', payload })
    expect(response.statusCode).toBe(409)
    expect(response.json().code).toBe('email_taken')
    const count = statement('test_count_late', `SELECT count(*) AS total FROM companies WHERE name = 'Late'`)
    expect(await run(database, count, [])).toEqual([{ total: 0 }])
  })

  test('is refused where sign-up is closed', async ({ db }) => {
    const app = await startGateway(db.open('gateway'), { signupOpen: false })
    const payload = { companyName: 'C', name: 'N', email: 'a@closed.test', password: PASSWORD }
    const response = await app.inject({ method: 'POST', url: '/v1/auth/register', payload })
    expect(response.statusCode).toBe(403)
    expect(response.json().code).toBe('signup_closed')
  })
})

describe('login', () => {
  test('a wrong password and an unknown email get the same answer in about the same time', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const { user } = await register(app)
    const seen = new Set<string>()
    const tries = { wrong: user.email, unknown: 'nobody@company.test' }
    // By turns, and the shortest of each: whatever else the machine does takes time from both.
    const shortest = { wrong: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY }
    for (let round = 0; round < 6; round++) {
      for (const [name, email] of Object.entries(tries) as [keyof typeof tries, string][]) {
        const startedAt = performance.now()
        const { requestId: _own, ...body } = (await login(app, email, 'not the password')).json()
        shortest[name] = Math.min(shortest[name], performance.now() - startedAt)
        expect(body).toMatchObject({ code: 'invalid_credentials', detail: expect.any(String) })
        seen.add(JSON.stringify(body))
      }
    }
    expect(seen.size).toBe(1)
    expect(Math.max(...Object.values(shortest)) / Math.min(...Object.values(shortest))).toBeLessThan(3)
  })

  test('ten tries of an account in a minute, from whatever address; the eleventh waits', async ({ db }) => {
    const app = await startGateway(db.open('gateway'), { rateLimitScale: 1, trustedProxies: ['127.0.0.1'] })
    const statuses: number[] = []
    for (let attempt = 0; attempt < 11; attempt++) {
      const response = await app.inject({
        method: 'POST',
        url: '/v1/auth/login',
        headers: { 'x-forwarded-for': `10.0.0.${attempt}` },
        payload: { email: 'victim@company.test', password: 'a guess' },
      })
      statuses.push(response.statusCode)
      if (response.statusCode === 429) expect(Number(response.headers['retry-after'])).toBeGreaterThan(50)
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429])
  })
})

describe('guesses at somebody else’s account', () => {
  const from = (app: FastifyInstance, email: string) => async (address: string, password: string) =>
    (
      await app.inject({
        method: 'POST',
        url: '/v1/auth/login',
        headers: { 'x-forwarded-for': address },
        payload: { email, password },
      })
    ).statusCode

  test('do not keep the user out, who comes from where they came from before; and are no fewer there', async ({
    db,
  }) => {
    const app = await startGateway(db.open('gateway'), { rateLimitScale: 1, trustedProxies: ['127.0.0.1'] })
    const { user } = await register(app)
    const attempt = from(app, user.email)
    expect(await attempt('2001:db8::1', PASSWORD)).toBe(200)
    // Nine: the sign-in itself came from an address that was not known yet.
    for (let guess = 0; guess < 9; guess++) expect(await attempt(`10.0.0.${guess}`, 'a guess')).toBe(401)
    expect(await attempt('10.0.1.1', PASSWORD)).toBe(429)
    // Of IPv6 a user has a whole network, and another address of it each day.
    expect(await attempt('2001:db8::2', PASSWORD)).toBe(200)
    for (let guess = 0; guess < 9; guess++) expect(await attempt('2001:db8::3', 'a guess')).toBe(401)
    expect(await attempt('2001:db8::3', PASSWORD)).toBe(429)
  })

  test('count as everybody’s where the session was ended for its theft, and not where it was left', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database, { rateLimitScale: 1, trustedProxies: ['127.0.0.1'] })
    const { user, company } = await register(app)
    const attempt = from(app, user.email)
    for (const address of ['10.0.0.1', '10.0.0.2']) expect(await attempt(address, PASSWORD)).toBe(200)
    const end = statement(
      'test_end_sessions_of',
      'UPDATE sessions SET revoked_at = now(), revoked_reason = $3 WHERE company_id = $1 AND address = $2',
    )
    await run(database, end, [company.id, '10.0.0.1', 'refresh_reused'])
    await run(database, end, [company.id, '10.0.0.2', 'logout'])
    for (let guess = 0; guess < 8; guess++) expect(await attempt('10.0.0.3', 'a guess')).toBe(401)
    expect([await attempt('10.0.0.1', PASSWORD), await attempt('10.0.0.2', PASSWORD)]).toEqual([429, 200])
  })
})

describe('the log of sign-ins', () => {
  const from = { 'user-agent': 'Browser 1', 'x-forwarded-for': '10.1.2.3' }
  const origin = { address: '10.1.2.3', userAgent: 'Browser 1' }
  const post = (app: FastifyInstance, path: string, payload: object, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: `/v1/auth/${path}`, payload, headers: { ...from, ...headers } })

  test('has who came in, who did not, who left and whose token came back, and from where', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database, { trustedProxies: ['127.0.0.1'] })
    const { user, company } = await register(app)
    const first = (await post(app, 'login', { email: user.email, password: PASSWORD })).json()
    await post(app, 'login', { email: user.email, password: 'wrong' })
    await post(app, 'logout', {}, bearer(first.accessToken))
    const second = (await post(app, 'login', { email: user.email, password: PASSWORD })).json()
    await post(app, 'refresh', { refreshToken: second.refreshToken })
    await run(database, ageRotation, [company.id])
    await post(app, 'refresh', { refreshToken: second.refreshToken })
    const events = () => run<Logged>(database, sessionEvents, [company.id])
    await waitFor('the refusal to be written', async () => (await events()).length === 6)
    const logged = await events()
    const sessionOf = (action: string) => logged.filter(({ type }) => type.endsWith(action))
    expect(sessionOf('created').slice(1)).toMatchObject([
      { actorId: user.id, data: { ...origin, userId: user.id, method: 'password' } },
      { actorId: user.id, data: { ...origin, userId: user.id } },
    ])
    expect(sessionOf('refused')).toEqual([
      {
        type: 'crm.identity.session.refused',
        actorId: null,
        data: { ...origin, userId: user.id, reason: 'wrong_password' },
      },
    ])
    expect(sessionOf('revoked').map(({ data }) => data)).toMatchObject([
      { ...origin, reason: 'logout' },
      { ...origin, reason: 'refresh_reused' },
    ])
  })

  test('has nothing of accounts that do not exist, and the last refusals before a stop', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database)
    const { user, company } = await register(app)
    const deactivated = await addUser(app, (await login(app, user.email, PASSWORD)).json().accessToken, 'EMPLOYEE')
    await as(app, (await login(app, user.email, PASSWORD)).json().accessToken)('PATCH', `/v1/users/${deactivated.id}`, {
      active: false,
    })
    const before = await run(database, countEvents, [])
    for (const email of ['nobody@company.test', 'neither@company.test']) await login(app, email, PASSWORD)
    expect(await run(database, countEvents, [])).toEqual(before)
    await Promise.all([
      login(app, deactivated.email, PASSWORD),
      ...[1, 2, 3].map(() => login(app, user.email, 'wrong')),
    ])
    await app.close()
    const logged = await run<Logged>(database, sessionEvents, [company.id])
    const refused = logged.filter(({ type }) => type.endsWith('refused')).map(({ data }) => data.reason)
    expect(refused.sort()).toEqual(['deactivated', 'wrong_password', 'wrong_password', 'wrong_password'])
  })

  test('a sign-in, or an attempt at one, makes no gateway ask again who is who', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database)
    const [quiet, busy] = [await register(app), await register(app)]
    const forgotten: (string | null)[] = []
    const principals = { forget: (id: string) => forgotten.push(id), forgetAll: () => forgotten.push(null) }
    const watch = watchChanges({ database, principals, logger: createLogger({ service: 'gateway', level: 'silent' }) })
    onTestFinished(() => watch.stop())
    await waitFor('the first look', () => forgotten.length > 0)
    await login(app, quiet.user.email, 'wrong')
    await login(app, quiet.user.email, PASSWORD)
    await as(app, busy.accessToken)('POST', '/v1/roles', { key: 'SEEN', name: 'Seen', permissions: [] })
    await waitFor('the change to be seen', () => forgotten.includes(busy.company.id))
    expect(forgotten).not.toContain(quiet.company.id)
  })
})

describe('refresh', () => {
  test('two tabs that refresh at once get the same successor and stay signed in', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const { refreshToken } = await register(app)
    const [one, two] = await Promise.all([refresh(app, refreshToken), refresh(app, refreshToken)])
    expect([one.statusCode, two.statusCode]).toEqual([200, 200])
    expect(one.json().refreshToken).toBe(two.json().refreshToken)
    expect((await refresh(app, one.json().refreshToken)).statusCode).toBe(200)
    expect((await me(app, two.json().accessToken)).statusCode).toBe(200)
  })

  test('an old token that comes back ends the whole session', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database)
    const first = await register(app)
    const second = (await refresh(app, first.refreshToken)).json()
    await run(database, ageRotation, [first.company.id])
    const reused = await refresh(app, first.refreshToken)
    expect(reused.statusCode).toBe(401)
    expect(reused.json().code).toBe('refresh_reused')
    expect((await refresh(app, second.refreshToken)).json().code).toBe('invalid_refresh_token')
    expect((await me(app, second.accessToken)).statusCode).toBe(401)
    expect((await me(app, first.accessToken)).statusCode).toBe(401)
  })

  test('tokens that were never handed out are invalid', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const { refreshToken } = await register(app)
    const forged = `${refreshToken.slice(0, -4)}AAAA`
    for (const token of ['x', 'dwr_', `dwr_${'A'.repeat(91)}`, forged]) {
      const response = await refresh(app, token)
      expect(response.statusCode).toBe(401)
      expect(response.json().code).toBe('invalid_refresh_token')
    }
  })
})

describe('logout', () => {
  test('ends the session at once here, and within two seconds on another gateway', async ({ db }) => {
    const here = await startGateway(db.open('gateway'))
    const there = await startGateway(db.open('gateway'))
    const { accessToken, refreshToken } = await register(here)
    expect((await me(there, accessToken)).statusCode).toBe(200)
    const out = await here.inject({
      method: 'POST',
      url: '/v1/auth/logout',
      headers: bearer(accessToken),
      payload: { refreshToken },
    })
    expect(out.statusCode).toBe(204)
    expect((await me(here, accessToken)).statusCode).toBe(401)
    await waitFor('the other gateway to refuse', async () => (await me(there, accessToken)).statusCode === 401, 2_000)
    expect((await refresh(there, refreshToken)).statusCode).toBe(401)
  })
})
