import { randomUUID } from 'node:crypto'
import { defaultCompanySettings, defineRoute, json } from '@dealwire/contracts'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { ok } from './answer.ts'
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

const nobody = {
  companyId: randomUUID(),
  userId: null,
  role: '',
  scope: 'own',
  permissions: new Set<never>(),
  company: defaultCompanySettings,
  requestId: '',
} as const

test('JSON nested deeper than the stack is the fault of who sends it', async () => {
  const app = createServer({
    service: 'deals',
    logger: createLogger({ service: 'deals', level: 'silent' }),
    metrics: createMetrics('deals'),
    health: { service: 'deals', version: 'test', dependencies: [] },
    internalSecret: 'x'.repeat(32),
    validateResponses: true,
    newRequestId: randomUUID,
    readActor: () => nobody,
  })
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
