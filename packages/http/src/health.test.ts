import { readFileSync } from 'node:fs'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { expect, onTestFinished, test } from 'vitest'
import { createServer } from './server.ts'

test('a service that lacks what it can do without is degraded, and tells the version of the repository', async () => {
  const app = createServer({
    service: 'deals',
    logger: createLogger({ service: 'deals', level: 'silent' }),
    metrics: createMetrics('deals'),
    internalSecret: 'x'.repeat(32),
    newRequestId: () => 'id',
    optionalDependencies: [
      { name: 'nats', check: async () => undefined },
      { name: 'redis', check: () => Promise.reject(new Error('away')) },
    ],
  })
  onTestFinished(() => app.close())
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
  const answer = await app.inject('/health/detailed')
  expect([answer.statusCode, answer.json()]).toMatchObject([
    200,
    {
      status: 'degraded',
      version,
      dependencies: { nats: { status: 'up' }, redis: { status: 'down', required: false } },
    },
  ])
})
