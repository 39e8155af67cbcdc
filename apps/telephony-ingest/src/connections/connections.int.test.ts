import { run, statement } from '@dealwire/db/client'
import { test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { connect, startApp } from '../../test/start-app.ts'
import { createSecretBox } from './secret-box.ts'

const CONNECTIONS = '/v1/telephony/connections'
const readRows = statement(
  'test_connection_rows',
  'SELECT secret, settings::text AS settings FROM connections WHERE company_id = $1',
)
const readAnswers = statement('test_stored_answers', 'SELECT body FROM idempotency_keys WHERE company_id = $1')

test('the secret is shown once, and stored readable by nobody', async ({ db, actor }) => {
  const app = startApp(db)
  const request = {
    method: 'POST',
    body: { name: 'Main PBX', provider: 'freeswitch' },
    headers: { 'idempotency-key': 'k1' },
  } as const
  const made = await app.call(actor, CONNECTIONS, request)
  expect(made).toMatchObject({
    status: 201,
    body: {
      status: 'ACTIVE',
      version: 1,
      lastEventAt: null,
      settings: { defaultRegion: 'GE', timeZone: 'Asia/Tbilisi' },
    },
  })
  const { id, secret, webhookUrl } = made.body
  expect(webhookUrl).toBe(`https://crm.example/v1/telephony/webhooks/freeswitch/${id}`)
  const again = await app.call(actor, CONNECTIONS, request)
  expect(again).toMatchObject({ status: 201, body: { id, secret: null }, headers: { 'idempotency-replayed': 'true' } })
  expect((await app.call(actor, `${CONNECTIONS}/${id}`)).body).not.toHaveProperty('secret')
  const rows = await run<{ secret: Buffer }>(app.database, readRows, [actor.companyId])
  const answers = await run<{ body: string }>(app.database, readAnswers, [actor.companyId])
  expect(Buffer.concat(rows.map((row) => row.secret)).includes(secret)).toBe(false)
  expect(answers).toHaveLength(1)
  expect(JSON.stringify(answers)).not.toContain(secret)
})

test('changes keep what they do not name, and versions are checked', async ({ db, actor, stranger }) => {
  const app = startApp(db)
  const { id } = await connect(app, actor, 'freeswitch', { maxExtensionDigits: 4 })
  const path = `${CONNECTIONS}/${id}`
  const patch = (body: object, headers = {}) => app.call(actor, path, { method: 'PATCH', body, headers })
  expect(await patch({ settings: { timeZone: 'Europe/Berlin' } })).toMatchObject({
    status: 200,
    body: { version: 2, settings: { maxExtensionDigits: 4, timeZone: 'Europe/Berlin' } },
    headers: { etag: '"2"' },
  })
  expect((await patch({})).body.version).toBe(2)
  expect((await patch({ name: 'x' }, { 'if-match': '"1"' })).status).toBe(412)
  expect((await patch({ settings: { timeZone: 'Mars/Base' } })).body).toMatchObject({
    status: 400,
    code: 'validation_failed',
  })
  for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
    const body = method === 'PATCH' ? { name: 'y' } : undefined
    expect((await app.call(stranger, path, { method, body })).status).toBe(404)
  }
  expect((await app.call(actor, path, { method: 'DELETE' })).status).toBe(204)
  expect((await app.call(actor, path)).status).toBe(404)
  expect((await app.call(actor, CONNECTIONS)).body.data).toStrictEqual([])
})

test('a queue’s key is unique in its company', async ({ db, actor, stranger }) => {
  const app = startApp(db)
  const make = (who: typeof actor) =>
    app.call(who, '/v1/telephony/queues', { method: 'POST', body: { key: 'support', name: 'Support' } })
  expect(await make(actor)).toMatchObject({
    status: 201,
    body: { slaThresholdSeconds: 20, slaGoalPercent: 80, includeAbandoned: true, shortAbandonSeconds: 5 },
  })
  expect((await make(actor)).body).toMatchObject({ status: 409, code: 'duplicate' })
  expect((await make(stranger)).status).toBe(201)
  const { body } = await app.call(actor, '/v1/telephony/queues')
  const changed = await app.call(actor, `/v1/telephony/queues/${body.data[0].id}`, {
    method: 'PATCH',
    body: { slaThresholdSeconds: 30 },
  })
  expect(changed.body).toMatchObject({ slaThresholdSeconds: 30, name: 'Support', version: 2 })
})

describe('a sealed secret', () => {
  const box = createSecretBox('k'.repeat(32))
  test('opens only with its key, unchanged, and in its own row', () => {
    const sealed = box.seal('s3cret', 'row-1')
    expect(box.open(sealed, 'row-1')).toBe('s3cret')
    expect(box.seal('s3cret', 'row-1').equals(sealed)).toBe(false)
    expect(() => box.open(sealed, 'row-2')).toThrow(/authenticate/)
    expect(() => createSecretBox('x'.repeat(32)).open(sealed, 'row-1')).toThrow(/authenticate/)
    const changed = Buffer.from(sealed)
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    expect(() => box.open(changed, 'row-1')).toThrow(/authenticate/)
  })
})
