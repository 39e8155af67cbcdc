import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { defineRoute } from '@dealwire/contracts'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { nobody } from '../test/nobody.ts'
import { noContent } from './answer.ts'
import { route } from './route.ts'
import { createServer } from './server.ts'

const common = {
  path: '/v1/slow',
  service: 'deals',
  permission: 'any',
  summary: 'For this test',
  responses: { 204: null },
} as const
const read = defineRoute({ ...common, method: 'GET' })
const write = defineRoute({ ...common, method: 'POST', body: z.strictObject({ title: z.string() }) })

/** A service whose handlers answer when the test has seen what it came for. */
async function listen(): Promise<string> {
  const app = createServer({
    service: 'deals',
    logger: createLogger({ service: 'deals', level: 'silent' }),
    metrics: createMetrics('deals'),
    validateResponses: true,
    internalSecret: 'x'.repeat(32),
    newRequestId: randomUUID,
    readActor: () => nobody,
    routeDeadlineMs: 50,
  })
  const { promise, resolve } = Promise.withResolvers<typeof noContent>()
  route(app, read, () => promise)
  route(app, write, () => promise)
  await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => {
    resolve(noContent)
    await app.close()
  })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}${common.path}`
}

const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"title":"Heating"}' }

test.each([
  ['read', {}],
  ['write, whose body has been read long ago,', post],
])('a %s that takes longer than its deadline is refused', async (_what, options) => {
  const response = await fetch(await listen(), options)
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toBe('1')
  expect(await response.json()).toMatchObject({
    code: 'overloaded',
    detail: 'The answer took too long; try again in a moment.',
  })
})
