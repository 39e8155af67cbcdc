import { run, statement } from '@dealwire/db/client'
import { test, waitFor } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { describe, expect } from 'vitest'
import { bearer, PASSWORD, register, startGateway } from './gateway.ts'

const me = async (app: FastifyInstance, token: string) => app.inject({ url: '/v1/auth/me', headers: bearer(token) })
const refresh = async (app: FastifyInstance, refreshToken: string) =>
  app.inject({ method: 'POST', url: '/v1/auth/refresh', payload: { refreshToken } })
const login = async (app: FastifyInstance, email: string, password: string) =>
  app.inject({ method: 'POST', url: '/v1/auth/login', payload: { email, password } })

const eventTypes = statement('test_event_types', 'SELECT type FROM event_log WHERE company_id = $1 ORDER BY seq')
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
    expect(events.map((event) => event.type)).toEqual(['crm.identity.company.created', 'crm.identity.user.created'])
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
    const wrong = await timed(() => login(app, user.email, 'not the password'))
    const unknown = await timed(() => login(app, 'nobody@company.test', 'not the password'))
    expect(wrong.body).toEqual(unknown.body)
    expect(wrong.body.code).toBe('invalid_credentials')
    expect(Math.max(wrong.ms, unknown.ms) / Math.min(wrong.ms, unknown.ms)).toBeLessThan(3)
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

async function timed(send: () => Promise<{ json(): { code: string; requestId?: string } }>) {
  await send()
  const times: number[] = []
  let body: { code: string; requestId?: string } = { code: '' }
  for (let i = 0; i < 5; i++) {
    const startedAt = performance.now()
    const { requestId: _own, ...rest } = (await send()).json()
    body = rest
    times.push(performance.now() - startedAt)
  }
  return { body, ms: times.sort((a, b) => a - b)[2] ?? 0 }
}
