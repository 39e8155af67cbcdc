import { describe, expect, test } from 'vitest'
import { hasFixtures, needsFixtures, readFixture } from '../../test/fixtures.ts'
import { credentials, webhook } from '../../test/webhook.ts'
import { plivo } from './plivo.ts'
import type { WebhookRequest } from './provider.ts'
import { telnyx } from './telnyx.ts'
import { twilio } from './twilio.ts'
import { vonage } from './vonage.ts'
import { zadarma } from './zadarma.ts'

// biome-ignore lint/suspicious/noExplicitAny: vectors of five schemes, each with fields of its own
const vectors = (name: string): any[] => (hasFixtures ? JSON.parse(readFixture(`signature-vectors/${name}.json`)) : [])
const queryOf = (url: string) => url.split('?')[1] ?? ''

function tampered(request: WebhookRequest): WebhookRequest {
  return { ...request, rawBody: Buffer.concat([request.rawBody, Buffer.from('&x=1 ')]) }
}

describe.skipIf(!hasFixtures)(needsFixtures('published and re-computed signatures'), () => {
  test.each(vectors('twilio'))('Twilio: $name', (vector) => {
    const form = new URLSearchParams(
      Object.entries<string | string[]>(vector.params).flatMap(([name, value]) =>
        [value].flat().map((one): [string, string] => [name, one]),
      ),
    )
    const request = webhook(vector.body ?? form.toString(), {
      publicUrl: vector.request_url_seen,
      rawQuery: queryOf(vector.request_url_seen),
      headers: { 'x-twilio-signature': vector.signature },
    })
    const secrets = [vector.auth_token]
    expect(twilio.verify(request, credentials({ secrets })).ok).toBe(true)
    expect(twilio.verify(tampered(request), credentials({ secrets })).ok).toBe(false)
    expect(twilio.verify(request, credentials({ secrets: ['another'] })).ok).toBe(false)
  })

  test.each(vectors('plivo'))('Plivo $scheme, valid: $valid, $uri', (vector) => {
    const version = vector.scheme.toLowerCase()
    const request = webhook(new URLSearchParams(vector.post ?? {}).toString(), {
      publicUrl: vector.uri,
      rawQuery: queryOf(vector.uri),
      headers: {
        [`x-plivo-signature-${version}`]: vector.signature,
        [`x-plivo-signature-${version}-nonce`]: vector.nonce,
      },
    })
    const secrets = [vector.auth_token]
    expect(plivo.verify(request, credentials({ secrets })).ok).toBe(vector.valid !== false)
    if (version === 'v3') {
      expect(plivo.verify(tampered(request), credentials({ secrets })).ok).toBe(false)
      const headers = { ...request.headers, 'x-plivo-signature-v3': `AAAA, ${vector.signature}` }
      expect(plivo.verify({ ...request, headers }, credentials({ secrets })).ok).toBe(true)
    }
  })

  test.each(vectors('telnyx'))('Telnyx: signed by the account, within five minutes', (vector) => {
    const request = webhook(vector.body, { headers: vector.headers })
    const nowMs = Number(vector.headers['telnyx-timestamp']) * 1_000
    const given = { secrets: [vector.public_key_base64], nowMs }
    expect(telnyx.verify(request, credentials(given)).ok).toBe(true)
    expect(telnyx.verify(tampered(request), credentials(given))).toMatchObject({ reason: 'wrong_credentials' })
    expect(telnyx.verify(request, credentials({ ...given, nowMs: nowMs + 301_000 }))).toMatchObject({
      reason: 'stale_timestamp',
    })
    expect(telnyx.verify(request, credentials({ ...given, secrets: ['not a key'] })).ok).toBe(false)
  })

  test.each(vectors('vonage'))('Vonage: a token for this very body', (vector) => {
    const request = webhook(vector.body, { headers: { authorization: vector.authorization } })
    const secrets = [vector.secret]
    expect(vonage.verify(request, credentials({ secrets })).ok).toBe(true)
    expect(vonage.verify(tampered(request), credentials({ secrets })).ok).toBe(false)
    const [head = '', payload] = vector.authorization.split('.')
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url')
    for (const authorization of [`${head}.${payload}.AAAA`, `Bearer ${unsigned}.${payload}.AAAA`, 'Bearer x']) {
      expect(vonage.verify({ ...request, headers: { authorization } }, credentials({ secrets })).ok).toBe(false)
    }
  })

  test.each(vectors('zadarma'))('Zadarma: $event', (vector) => {
    const names: string[] = vector.signed_string.split('+')
    const form = new URLSearchParams({ event: vector.event })
    for (const [index, name] of names.entries()) form.set(name, vector.parts[index])
    const pathToken = zadarma.pathTokenOf?.(vector.secret, 'c1') ?? null
    const request = webhook(form.toString(), { headers: { signature: vector.signature }, pathToken })
    const secrets = [vector.secret]
    expect(zadarma.verify(request, credentials({ secrets })).ok).toBe(true)
    expect(zadarma.verify({ ...request, pathToken: null }, credentials({ secrets })).ok).toBe(false)
    expect(zadarma.verify({ ...request, pathToken: vector.secret }, credentials({ secrets })).ok).toBe(false)
    form.set(names[0] ?? '', '+1')
    expect(zadarma.verify({ ...request, rawBody: Buffer.from(form.toString()) }, credentials({ secrets })).ok).toBe(
      false,
    )
  })
})
