import { randomUUID } from 'node:crypto'
import type { Actor, CallEventInput } from '@dealwire/contracts'
import { type Database, run, statement } from '@dealwire/db/client'
import { IDENTITY_HEADER, identityKey, signIdentity } from '@dealwire/http'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { identityHeaders, TEST_INTERNAL_SECRET, type TestDatabase } from '@dealwire/testing'
import { buildApp, buildDependencies } from '../src/app.ts'
import type { StoredCallEvent } from '../src/calls/stored-call-event.ts'
import type { Dependencies } from '../src/dependencies.ts'
import type { RecordingStore } from '../src/recordings/recording-store.ts'

type Request = { method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'; body?: unknown; headers?: Record<string, string> }
// biome-ignore lint/suspicious/noExplicitAny: tests read answers that the app has checked against their contracts
type Answered = { status: number; body: any; headers: Record<string, unknown> }

export type TestApp = {
  readonly database: Database
  readonly dependencies: Dependencies
  /** As a signed-in user, through the gateway. */
  call(actor: Actor, path: string, request?: Request): Promise<Answered>
  /** As a signed-in user, for an answer that is no JSON. */
  bytes(
    actor: Actor,
    path: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Buffer; headers: Record<string, unknown> }>
  /** As a PBX, through the gateway: nobody is signed in, the body is raw bytes. */
  webhook(path: string, body: string | Buffer, headers?: Record<string, string>): Promise<Answered>
  /** As `webhook`, answered in whatever format the provider expects. */
  webhookText(
    path: string,
    body: string,
    headers: Record<string, string>,
    method?: 'GET' | 'POST',
  ): Promise<{ status: number; body: string }>
}

/** The service on a database of the test's own, called as the gateway calls it. Every answer is checked against its contract. */
export function startApp(
  db: TestDatabase,
  options: { maxConnections?: number; recordings?: RecordingStore } = {},
): TestApp {
  const { maxConnections } = options
  const database = db.open('telephony-ingest', maxConnections === undefined ? {} : { maxConnections })
  const logger = createLogger({ service: 'telephony-ingest', level: 'fatal' })
  const metrics = createMetrics('telephony-ingest')
  const dependencies = buildDependencies({
    database,
    logger,
    metrics,
    secretsKey: 'test-secrets-key-of-32-characters!',
    publicUrl: 'https://crm.example',
    recordings: options.recordings,
  })
  const app = buildApp({ dependencies, logger, metrics, internalSecret: TEST_INTERNAL_SECRET, validateResponses: true })

  async function send(
    path: string,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    headers: Record<string, string>,
    payload?: unknown,
  ) {
    const answer = await app.inject({
      method,
      url: path,
      headers,
      ...(payload === undefined ? {} : { payload: payload as object }),
    })
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json(), headers: answer.headers }
  }

  return {
    database,
    dependencies,
    call: (actor, path, { method = 'GET', body, headers = {} } = {}) =>
      send(path, method, { ...identityHeaders(actor, 'telephony-ingest'), ...headers }, body),
    bytes: async (actor, url, headers = {}) => {
      const answer = await app.inject({ url, headers: { ...identityHeaders(actor, 'telephony-ingest'), ...headers } })
      return { status: answer.statusCode, body: answer.rawPayload, headers: answer.headers }
    },
    webhook: (path, body, headers = {}) =>
      send(path, 'POST', { ...anonymous(), 'content-type': 'application/json', ...headers }, body),
    webhookText: async (url, payload, headers, method = 'POST') => {
      const answer = await app.inject({
        method,
        url,
        headers: { ...anonymous(), ...headers },
        ...(method === 'GET' ? {} : { payload }),
      })
      return { status: answer.statusCode, body: answer.body }
    },
  }
}

/** What the gateway vouches for when nobody is signed in. */
function anonymous(): Record<string, string> {
  const claims = {
    audience: 'telephony-ingest',
    companyId: null,
    userId: null,
    role: 'webhook',
    scope: 'own',
    permissions: [],
    company: null,
    expiresAt: Date.now() / 1_000 + 60,
  } as const
  return {
    [IDENTITY_HEADER]: signIdentity(claims, identityKey(TEST_INTERNAL_SECRET, 'telephony-ingest')),
    'x-request-id': randomUUID(),
  }
}

export function basic(connectionId: string, secret: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${connectionId}:${secret}`).toString('base64')}` }
}

export type TestConnection = { id: string; secret: string; path: string }

export async function connect(
  app: TestApp,
  actor: Actor,
  provider = 'freeswitch',
  settings = {},
): Promise<TestConnection> {
  const { status, body } = await app.call(actor, '/v1/telephony/connections', {
    method: 'POST',
    body: { name: 'PBX', provider, settings },
  })
  if (status !== 201) throw new Error(`No connection: ${status} ${JSON.stringify(body)}`)
  return { id: body.id, secret: body.secret, path: new URL(body.webhookUrl).pathname }
}

/** Folded events in the words of the public API. */
export function toInput(event: StoredCallEvent): CallEventInput {
  const { eventKey, callKey, legId, occurredAt, sequenceScope: _scope, relatedCallKeys: _related, ...rest } = event
  const present = Object.fromEntries(Object.entries({ legId, ...rest }).filter(([, value]) => value !== null))
  return {
    ...present,
    eventId: eventKey,
    callId: callKey,
    type: event.type,
    direction: event.direction ?? 'INBOUND',
    from: event.from ?? '',
    to: event.to ?? '',
    occurredAt: new Date(occurredAt).toISOString(),
  }
}

const logged = statement(
  'test_logged_events',
  'SELECT type, entity_id AS id, entity_version AS version, data FROM event_log WHERE company_id = $1 ORDER BY seq',
)
const counted = statement(
  'test_counts',
  `SELECT (SELECT count(*) FROM call_events WHERE company_id = $1) AS events, (SELECT count(*) FROM calls WHERE company_id = $1) AS calls,
     (SELECT count(*) FROM webhook_dead_letters WHERE company_id = $1) AS letters, (SELECT count(*) FROM event_log WHERE company_id = $1) AS told`,
)

// biome-ignore lint/suspicious/noExplicitAny: as above
export type Logged = { type: string; id: string; version: number; data: any }

/** What the company's service has told the world, in order. */
export function toldEvents(app: TestApp, actor: Actor): Promise<Logged[]> {
  return run(app.database, logged, [actor.companyId])
}

export type Counts = { events: number; calls: number; letters: number; told: number }

export async function countRows(app: TestApp, actor: Actor): Promise<Counts> {
  const [row] = await run<Counts>(app.database, counted, [actor.companyId])
  return row ?? { events: -1, calls: -1, letters: -1, told: -1 }
}
