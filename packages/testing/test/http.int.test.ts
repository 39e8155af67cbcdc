import { randomUUID } from 'node:crypto'
import { type Actor, defineRoute, text } from '@dealwire/contracts'
import { type Database, run, statement, withTx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { createServer, ok, once, route } from '@dealwire/http'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { describe, expect, onTestFinished } from 'vitest'
import { z } from 'zod'
import { identityHeaders, TEST_INTERNAL_SECRET, test } from '../src/index.ts'

const note = z.strictObject({ name: z.string() })

const makeNote = defineRoute({
  method: 'POST',
  path: '/v1/notes',
  service: 'deals',
  permission: 'deal:create',
  summary: 'For this test',
  idempotent: true,
  bodyLimitBytes: 2_000,
  body: z.strictObject({
    name: text(20),
    refuse: z.boolean().optional(),
    crash: z.boolean().optional(),
    waitMs: z.int().optional(),
  }),
  responses: { 201: note, 409: null },
})
const readNote = defineRoute({
  method: 'GET',
  path: '/v1/notes/:id',
  service: 'deals',
  permission: 'deal:read',
  summary: 'For this test',
  query: z.strictObject({ big: z.literal('true').optional(), broken: z.literal('true').optional() }),
  responses: { 200: note },
})

const insert = statement(
  'test_insert_note',
  `INSERT INTO inbox (company_id, consumer, event_id) VALUES ($1, $2, gen_random_uuid())`,
)
const count = statement(
  'test_count_notes',
  'SELECT count(*) AS total FROM inbox WHERE company_id = $1 AND consumer = $2',
)

async function notesNamed(database: Database, actor: Actor, name: string): Promise<number> {
  const [row] = await run<{ total: number }>(database, count, [actor.companyId, name])
  return row?.total ?? 0
}

function start(database: Database): FastifyInstance {
  const app = createServer({
    service: 'deals',
    logger: createLogger({ service: 'deals', level: 'silent' }),
    metrics: createMetrics('deals'),
    internalSecret: TEST_INTERNAL_SECRET,
    validateResponses: true,
    newRequestId: randomUUID,
  })
  route(app, makeNote, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        await run(tx, insert, [actor.companyId, body.name])
        if (body.waitMs !== undefined) await new Promise((resolve) => setTimeout(resolve, body.waitMs))
        if (body.refuse) throw new AppError('conflict', 'note_refused', `No note '${body.name}'.`)
        if (body.crash) throw new Error('secret detail')
        return { status: 201, body: { name: body.name }, headers: { location: `/v1/notes/${body.name}` } }
      }),
    ),
  )
  route(app, readNote, async ({ query }) => {
    if (query.broken !== undefined) return ok({ name: 'x', more: 1 })
    return {
      status: 200,
      body: JSON.stringify({ name: 'n'.repeat(query.big === undefined ? 1 : 5_000) }),
      headers: { etag: '"3"' },
    }
  })
  onTestFinished(() => app.close())
  return app
}

const post = (actor: Actor, payload: unknown, headers: Record<string, string> = {}): InjectOptions => ({
  method: 'POST',
  url: '/v1/notes',
  payload: payload as object,
  headers: { ...identityHeaders(actor, 'deals'), ...headers },
})

describe('once', () => {
  test('the same key and meaning runs once and answers the same, whatever the order of the body’s keys', async ({
    db,
    actor,
  }) => {
    const database = db.open('deals')
    const app = start(database)
    const key = { 'idempotency-key': 'k1' }
    const first = await app.inject(post(actor, { name: 'once', refuse: false }, key))
    const again = await app.inject(post(actor, { refuse: false, name: 'once' }, key))
    expect([first.statusCode, again.statusCode]).toEqual([201, 201])
    expect(again.json()).toEqual(first.json())
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true', location: '/v1/notes/once' })
    expect(await notesNamed(database, actor, 'once')).toBe(1)
  })

  test('another body under the key is 422; another user’s same key is another key', async ({ db, actor }) => {
    const app = start(db.open('deals'))
    const key = { 'idempotency-key': 'k1' }
    await app.inject(post(actor, { name: 'a' }, key))
    const other = await app.inject(post(actor, { name: 'b' }, key))
    expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency_key_reused'])
    const colleague = { ...actor, userId: randomUUID() }
    expect((await app.inject(post(colleague, { name: 'b' }, key))).statusCode).toBe(201)
  })

  test('ten at once: one runs, the others replay or are told that it runs; the effect is single', async ({
    db,
    actor,
  }) => {
    const database = db.open('deals', { maxConnections: 10 })
    const app = start(database)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        app.inject(post(actor, { name: 'race', waitMs: 500 }, { 'idempotency-key': 'race' })),
      ),
    )
    const codes = answers.map((answer) => (answer.statusCode === 201 ? 'done' : answer.json().code))
    expect(new Set(codes)).toEqual(new Set(['done', 'idempotency_in_progress']))
    expect(await notesNamed(database, actor, 'race')).toBe(1)
  })

  test('a refusal undoes the effect and is replayed; a crash stores nothing, so the retry runs', async ({
    db,
    actor,
  }) => {
    const database = db.open('deals')
    const app = start(database)
    const refused = { 'idempotency-key': 'refused' }
    const first = await app.inject(post(actor, { name: 'no', refuse: true }, refused))
    const again = await app.inject(post(actor, { name: 'no', refuse: true }, refused))
    expect([first.statusCode, first.json().code, again.statusCode, again.json().code]).toEqual([
      409,
      'note_refused',
      409,
      'note_refused',
    ])
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(await notesNamed(database, actor, 'no')).toBe(0)

    const crashed = await app.inject(post(actor, { name: 'crash', crash: true }, { 'idempotency-key': 'crash' }))
    expect(crashed.statusCode).toBe(500)
    expect(crashed.body).not.toContain('secret')
    expect(await notesNamed(database, actor, 'crash')).toBe(0)
    const key = { 'idempotency-key': 'crash' }
    expect(
      (await app.inject(post(actor, { name: 'crash', crash: true }, key))).headers['idempotency-replayed'],
    ).toBeUndefined()
  })
})

describe('route', () => {
  test('every bad input is a problem document with the path of each fault', async ({ db, actor }) => {
    const app = start(db.open('deals'))
    const cases: [InjectOptions, number, string][] = [
      [post(actor, { name: '' }), 400, 'validation_failed'],
      [post(actor, { name: 'a', unknown: 1 }), 400, 'validation_failed'],
      [post(actor, { name: 'a\u0000b' }), 400, 'validation_failed'],
      [post(actor, { name: '\ud800' }), 400, 'validation_failed'],
      [
        {
          ...post(actor, {}),
          payload: '{"name":',
          headers: { ...identityHeaders(actor, 'deals'), 'content-type': 'application/json' },
        },
        400,
        'malformed_request',
      ],
      [
        {
          ...post(actor, {}),
          payload: '{"__proto__":{"a":1}}',
          headers: { ...identityHeaders(actor, 'deals'), 'content-type': 'application/json' },
        },
        400,
        'malformed_request',
      ],
      [
        {
          ...post(actor, {}),
          payload: 'a=b',
          headers: { ...identityHeaders(actor, 'deals'), 'content-type': 'text/csv' },
        },
        415,
        'unsupported_media_type',
      ],
      [post(actor, { name: 'a', padding: 'x'.repeat(3_000) }), 413, 'body_too_large'],
      [
        { method: 'GET', url: '/v1/notes/not-a-uuid', headers: identityHeaders(actor, 'deals') },
        400,
        'validation_failed',
      ],
      [
        { method: 'GET', url: `/v1/notes/${randomUUID()}?nope=1`, headers: identityHeaders(actor, 'deals') },
        400,
        'validation_failed',
      ],
      [
        {
          method: 'GET',
          url: `/v1/notes/${randomUUID()}`,
          headers: { ...identityHeaders(actor, 'deals'), 'if-match': '3' },
        },
        400,
        'malformed_if_match',
      ],
      [{ method: 'GET', url: '/v1/nothing', headers: identityHeaders(actor, 'deals') }, 404, 'not_found'],
    ]
    for (const [request, status, code] of cases) {
      const answer = await app.inject(request)
      expect([answer.statusCode, answer.json().code], JSON.stringify(request).slice(0, 200)).toEqual([status, code])
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect(answer.json()).toMatchObject({ status, requestId: expect.any(String) })
    }
    const unknownKey = await app.inject(post(actor, { name: 'a', unknown: 1 }))
    expect(unknownKey.json().errors).toEqual([{ path: 'unknown', message: 'is not known here' }])
  })

  test('without the gateway’s signature, with another service’s, or with an expired one, nothing is answered', async ({
    db,
    actor,
  }) => {
    const app = start(db.open('deals'))
    const url = `/v1/notes/${randomUUID()}`
    for (const headers of [{}, { 'x-dealwire-identity': 'a.b' }, identityHeaders(actor, 'inventory')]) {
      const answer = await app.inject({ method: 'GET', url, headers })
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'unauthenticated'])
    }
  })

  test('an unchanged resource is 304, and a large answer is compressed on request', async ({ db, actor }) => {
    const app = start(db.open('deals'))
    const url = `/v1/notes/${randomUUID()}`
    const headers = identityHeaders(actor, 'deals')
    expect((await app.inject({ method: 'GET', url, headers: { ...headers, 'if-none-match': '"3"' } })).statusCode).toBe(
      304,
    )
    const large = await app.inject({
      method: 'GET',
      url: `${url}?big=true`,
      headers: { ...headers, 'accept-encoding': 'gzip' },
    })
    expect(large.headers['content-encoding']).toBe('gzip')
    const small = await app.inject({ method: 'GET', url, headers: { ...headers, 'accept-encoding': 'gzip' } })
    expect(small.headers['content-encoding']).toBeUndefined()
  })

  test('in tests, an answer that breaks its contract fails', async ({ db, actor }) => {
    const app = start(db.open('deals'))
    const answer = await app.inject({
      method: 'GET',
      url: `/v1/notes/${randomUUID()}?broken=true`,
      headers: identityHeaders(actor, 'deals'),
    })
    expect(answer.statusCode).toBe(500)
  })
})
