import { describe, expect, test } from 'vitest'
import { credentials, webhook } from '../../test/webhook.ts'
import { generic } from './generic.ts'
import { defaultSettings, type WebhookRequest } from './provider.ts'
import { findProvider } from './providers.ts'
import { signStandardWebhook } from './standard-webhooks.ts'

const event = {
  eventId: 'e1',
  callId: 'call-1',
  type: 'call.started',
  occurredAt: '2026-03-02T10:00:00+01:00',
  direction: 'INBOUND',
  from: ' 599000001 ',
  to: '101',
}

const parse = (body: unknown) =>
  generic.parse(webhook(typeof body === 'string' ? body : JSON.stringify(body)), defaultSettings)

describe('the canonical batch', () => {
  test('an event is taken as it is, times as epoch milliseconds, what is left out as null', () => {
    expect(parse({ events: [event] })).toStrictEqual({
      unparsed: [],
      events: [
        {
          eventKey: 'e1',
          callKey: 'call-1',
          legId: null,
          type: 'call.started',
          occurredAt: Date.parse('2026-03-02T09:00:00Z'),
          sequence: null,
          sequenceScope: null,
          direction: 'INBOUND',
          from: '599000001',
          to: '101',
          queue: null,
          agent: null,
          extension: null,
          recordingUrl: null,
          hangupCause: null,
          relatedCallKeys: [],
          data: null,
        },
      ],
    })
  })

  test('a bad event costs itself only, and says where it was wrong', () => {
    const bad = [
      { ...event, type: 'call.exploded' },
      { ...event, occurredAt: 'yesterday' },
      { ...event, occurredAt: '1970-01-01T00:00:00Z' },
      { ...event, colour: 'red' },
      { ...event, eventId: 'a\u0000b' },
      { ...event, data: { note: '\ud800' } },
      { ...event, data: { '\u0000': 1 } },
      { ...event, sequence: -1 },
      { ...event, from: undefined },
      'text',
      null,
    ]
    const { events, unparsed } = parse({ events: [...bad, event] })
    expect(events).toHaveLength(1)
    expect(unparsed.map((item) => item.index)).toStrictEqual(bad.map((_item, index) => index))
    expect(unparsed.every((item) => item.code === 'validation_failed' && item.message !== '')).toBe(true)
    expect(unparsed[0]?.message).toMatch(/^type: /)
  })

  test('data that is nested beyond reason is refused without exhausting the stack', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    const body = JSON.stringify({ events: [{ ...event, data: { deep: 0 } }] }).replace('"deep":0', `"deep":${deep}`)
    expect(parse(body).unparsed).toHaveLength(1)
  })

  test.each([
    ['nonsense', 'malformed_json'],
    ['[]', 'validation_failed'],
    ['{"events":[]}', 'validation_failed'],
    [JSON.stringify({ events: Array.from({ length: 501 }, () => event) }), 'validation_failed'],
  ])('a body that is no batch is kept whole', (body, code) => {
    expect(parse(body)).toMatchObject({ events: [], unparsed: [{ index: null, code, raw: body }] })
  })
})

describe('Standard Webhooks signatures', () => {
  test('a secret that is not base64 signs nothing: the key that is left of it could be anybody’s', () => {
    const signature = signStandardWebhook('????????????????', 'm1', '1772442000', Buffer.from('{}'))
    const headers = { 'webhook-id': 'm1', 'webhook-timestamp': '1772442000', 'webhook-signature': `v1,${signature}` }
    const request = webhook('{}', { headers })
    const given = credentials({ secrets: ['!!!!!!!!!!!!!!!!'], nowMs: 1_772_442_000_000 })
    expect(generic.verify(request, given).ok).toBe(false)
  })

  const secret = `whsec_${Buffer.from('a key of some length, as it should be').toString('base64')}`
  const other = `whsec_${Buffer.from('the key before the rotation').toString('base64')}`
  const body = JSON.stringify({ events: [event] })
  const nowMs = credentials().nowMs
  const now = String(nowMs / 1_000)
  const signed = (overrides: Partial<Record<string, string>> = {}, content = body): WebhookRequest =>
    webhook(content, {
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': now,
        'webhook-signature': `v1,${signStandardWebhook(secret, 'msg_1', now, Buffer.from(body))}`,
        ...overrides,
      },
    })
  const verify = (request: WebhookRequest, secrets = [secret]) => generic.verify(request, credentials({ secrets }))

  test('the published vector of the specification holds', () => {
    const signature = signStandardWebhook(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '1614265330',
      Buffer.from('{"test": 2432232314}'),
    )
    expect(signature).toBe('g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  test('one of several signatures is enough, with the current secret or the one before', () => {
    expect(verify(signed())).toStrictEqual({ ok: true })
    const own = signed().headers['webhook-signature']
    expect(verify(signed({ 'webhook-signature': `v1a,zzz v1,AAAA ${own}` })).ok).toBe(true)
    expect(verify(signed(), [other, secret]).ok).toBe(true)
  })

  const at = (shiftSeconds: number) => String(nowMs / 1_000 + shiftSeconds)
  const stamped = (timestamp: string) =>
    signed({
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signStandardWebhook(secret, 'msg_1', timestamp, Buffer.from(body))}`,
    })

  test('five minutes either way are tolerated, and no second more', () => {
    expect([at(-300), at(300)].map((timestamp) => verify(stamped(timestamp)).ok)).toStrictEqual([true, true])
    expect([at(-301), at(301)].map((timestamp) => verify(stamped(timestamp)))).toMatchObject([
      { reason: 'stale_timestamp' },
      { reason: 'stale_timestamp' },
    ])
  })

  test.each([
    ['no headers', webhook(body), 'missing_credentials'],
    ['no signature', signed({ 'webhook-signature': undefined }), 'missing_credentials'],
    ['a timestamp that is no number', signed({ 'webhook-timestamp': '1e9' }), 'malformed_credentials'],
    ['only another version', signed({ 'webhook-signature': 'v1a,AAAA' }), 'malformed_credentials'],
    ['a tampered body', signed({}, body.replace('INBOUND', 'OUTBOUND')), 'wrong_credentials'],
    ['another message id', signed({ 'webhook-id': 'msg_2' }), 'wrong_credentials'],
    ['a moved timestamp', signed({ 'webhook-timestamp': at(10) }), 'wrong_credentials'],
    ['an empty signature', signed({ 'webhook-signature': 'v1,' }), 'wrong_credentials'],
  ])('%s is refused', (_name, request, reason) => {
    expect(verify(request)).toStrictEqual({ ok: false, reason })
  })

  test('a connection without a secret accepts nobody', () => {
    expect(verify(signed(), [])).toMatchObject({ ok: false })
  })
})

test('only names of the table are providers', () => {
  expect(findProvider('generic')).toBe(generic)
  expect(findProvider('toString')).toBeUndefined()
})
