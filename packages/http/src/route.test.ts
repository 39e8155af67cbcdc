import { randomUUID } from 'node:crypto'
import { defaultCompanySettings, defineRoute, json } from '@dealwire/contracts'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { nobody } from '../test/nobody.ts'
import { ok } from './answer.ts'
import { IDENTITY_HEADER, type IdentityClaims, identityKey, signIdentity } from './identity.ts'
import { route } from './route.ts'
import { createServer } from './server.ts'

const keep = defineRoute({
  method: 'POST',
  path: '/v1/anything',
  service: 'deals',
  permission: 'any',
  summary: 'For this test',
  body: z.strictObject({ anything: json }),
  responses: { 200: z.strictObject({}) },
})

const someone: IdentityClaims = {
  audience: 'deals',
  companyId: randomUUID(),
  userId: randomUUID(),
  role: 'CUSTOM',
  scope: 'own',
  permissions: [],
  company: defaultCompanySettings,
  expiresAt: Date.now() / 1000 + 60,
}

const options = {
  service: 'deals',
  logger: createLogger({ service: 'deals', level: 'silent' }),
  internalSecret: 'x'.repeat(32),
  validateResponses: true,
  newRequestId: randomUUID,
} as const

const read = defineRoute({
  method: 'GET',
  path: '/v1/something',
  service: 'deals',
  permission: 'deal:read',
  summary: 'For this test',
  responses: { 200: z.strictObject({}) },
})

test('a service asked directly looks at the permission itself, whatever the gateway let through', async () => {
  const app = createServer({ ...options, metrics: createMetrics('deals') })
  route(app, read, async () => ok({}))
  route(app, { ...read, path: '/v1/any', permission: 'any' }, async () => ok({}))
  route(app, { ...read, path: '/v1/public', permission: 'public' }, async () => ok({}))
  onTestFinished(() => app.close())
  const key = identityKey(options.internalSecret, 'deals')
  const status = async (url: string, claims: Partial<IdentityClaims> | undefined) => {
    const signed = claims && signIdentity({ ...someone, ...claims }, key)
    const headers = signed === undefined ? {} : { [IDENTITY_HEADER]: signed }
    return (await app.inject({ url, headers: { host: 'test', ...headers } })).statusCode
  }
  expect(await status('/v1/something', { permissions: ['deal:read'] })).toBe(200)
  expect(await status('/v1/something', { permissions: ['deal:create', 'customer:read'] })).toBe(403)
  expect(await status('/v1/something', { companyId: null, permissions: ['deal:read'] })).toBe(401)
  expect(await status('/v1/something', { audience: 'inventory', permissions: ['deal:read'] })).toBe(401)
  expect(await status('/v1/something', { expiresAt: 1, permissions: ['deal:read'] })).toBe(401)
  expect(await status('/v1/something', undefined)).toBe(401)
  expect(await status('/v1/any', { permissions: [] })).toBe(200)
  expect(await status('/v1/any', { companyId: null })).toBe(401)
  expect(await status('/v1/public', { companyId: null })).toBe(200)
  expect(await status('/v1/public', undefined)).toBe(401)
})

test('an identity that is refused is told to whoever runs the service, with the likely reason', async () => {
  const logger = createLogger({ service: 'deals', level: 'silent' })
  const warn = vi.spyOn(logger, 'warn')
  const app = createServer({ ...options, logger, metrics: createMetrics('deals') })
  route(app, read, async () => ok({}))
  onTestFinished(() => app.close())
  const ask = (claims: IdentityClaims, secret = options.internalSecret) =>
    app.inject({
      url: '/v1/something',
      headers: { host: 'test', [IDENTITY_HEADER]: signIdentity(claims, identityKey(secret, 'deals')) },
    })
  await ask({ ...someone, expiresAt: Date.now() / 1000 - 90 })
  await ask(someone, 'y'.repeat(32))
  expect(warn.mock.calls.map(([line]) => (line as { why?: string }).why)).toEqual([
    expect.stringMatching(/^over for 9[01] s: do the clocks/),
    expect.stringContaining('INTERNAL_SECRET'),
  ])
})

test('JSON nested deeper than the stack is the fault of who sends it', async () => {
  const app = createServer({ ...options, metrics: createMetrics('deals'), readActor: () => nobody })
  route(app, keep, async () => ok({}))
  const post = (levels: number) =>
    app.inject({
      method: 'POST',
      url: '/v1/anything',
      headers: { host: 'test', 'content-type': 'application/json' },
      payload: `{"anything":${'['.repeat(levels)}${']'.repeat(levels)}}`,
    })
  expect((await post(50)).statusCode).toBe(200)
  const refused = await post(100_000)
  expect(refused.statusCode).toBe(400)
  expect(refused.json()).toMatchObject({ code: 'validation_failed', detail: expect.stringContaining('nested') })
  await app.close()
})
