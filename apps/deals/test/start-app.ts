import type { Actor } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { identityHeaders, TEST_INTERNAL_SECRET, type TestDatabase } from '@dealwire/testing'
import { buildApp } from '../src/app.ts'

type Call = { method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'; body?: unknown; headers?: Record<string, string> }
// biome-ignore lint/suspicious/noExplicitAny: tests read answers that the app has checked against their contracts
type Answered = { status: number; body: any; headers: Record<string, unknown> }

export type TestApp = { readonly database: Database; call(actor: Actor, path: string, call?: Call): Promise<Answered> }

/** The service on a database of the test's own, called as the gateway calls it. Every answer is checked against its contract. */
export function startApp(db: TestDatabase): TestApp {
  const database = db.open('deals')
  const app = buildApp({
    database,
    logger: createLogger({ service: 'deals', level: 'error' }),
    metrics: createMetrics('deals'),
    internalSecret: TEST_INTERNAL_SECRET,
    validateResponses: true,
  })
  return {
    database,
    async call(actor, path, { method = 'GET', body, headers = {} } = {}) {
      const answer = await app.inject({
        method,
        url: path,
        headers: { ...identityHeaders(actor, 'deals'), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json(), headers: answer.headers }
    },
  }
}
