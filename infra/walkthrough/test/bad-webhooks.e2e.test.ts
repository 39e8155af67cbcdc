import { createHmac } from 'node:crypto'
import type { PrivateSystem } from '@dealwire/local'
import { waitUntil } from '@dealwire/local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Company, foundCompany } from './company.ts'
import { startSystem } from './private-system.ts'

let system: PrivateSystem
beforeAll(async () => {
  system = await startSystem({ durable: false })
})
afterAll(() => system?.stop())

type Signing = { readonly secret: string; readonly id?: string; readonly secondsAgo?: number }

/** Signed as the Standard Webhooks specification says. */
function signed(body: string | Buffer, { secret, id = 'msg_1', secondsAgo = 0 }: Signing): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1_000) - secondsAgo)
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

async function post(path: string, body: string | Buffer, headers: Record<string, string>) {
  const response = await fetch(new URL(path, system.gatewayUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal: AbortSignal.timeout(15_000),
  })
  const answer = JSON.parse(await response.text())
  return { status: response.status, body: answer }
}

async function connect(company: Company): Promise<{ path: string; secret: string; id: string }> {
  const { body } = await company.post('/v1/telephony/connections', { name: 'PBX', provider: 'generic' })
  const { webhookUrl, secret, id } = body as { webhookUrl: string; secret: string; id: string }
  return { path: new URL(webhookUrl).pathname, secret, id }
}

const event = (eventId: string, rest: object = {}) => ({
  eventId,
  callId: `call-${eventId}`,
  type: 'call.started',
  occurredAt: '2026-03-02T09:00:00Z',
  direction: 'INBOUND',
  from: '+995599000001',
  to: '+995322000002',
  ...rest,
})
const batch = (...events: unknown[]) => JSON.stringify({ events })

/** A figure of the telephony service, whose port is the third after the gateway's. */
async function metric(name: string): Promise<number> {
  const url = new URL('/metrics', system.gatewayUrl)
  url.port = String(Number(url.port) + 3)
  const line = (await (await fetch(url)).text()).split('\n').find((one) => one.startsWith(name))
  return Number(line?.split(' ').at(-1) ?? 0)
}

test('what is not from the PBX leaves no trace but a count', async () => {
  const company = await foundCompany(system.gatewayUrl)
  const { path, secret, id } = await connect(company)
  const body = batch(event('e1'))
  const refused = [
    await post(path, body, {}),
    await post(path, batch(event('e2')), signed(body, { secret })),
    await post(path, body, signed(body, { secret: Buffer.alloc(32).toString('base64') })),
    await post(path, body, signed(body, { secret, secondsAgo: 3_600 })),
    await post(path.replace(id, '0190ffff-0000-7000-8000-000000000000'), body, signed(body, { secret })),
  ]
  expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
  expect((await post(path, Buffer.alloc(256 * 1024 + 1, 0x20), {})).status).toBe(413)
  expect((await company.get('/v1/telephony/calls')).body['data']).toEqual([])
  expect((await company.get('/v1/telephony/dead-letters')).body['data']).toEqual([])
  expect(await metric('telephony_webhooks_refused_total{reason="missing_credentials"')).toBeGreaterThan(0)
  expect(await metric('telephony_webhooks_refused_total{reason="stale_timestamp"')).toBeGreaterThan(0)
  const counted = async () => (await company.get(`/v1/telephony/connections/${id}`)).body['refusedCount'] === 4
  expect(await waitUntil(counted, { timeoutMs: 60_000 })).toBe(true)
})

test('what is from the PBX and cannot be read is kept and answered 2xx; the rest of it is stored, once', async () => {
  const company = await foundCompany(system.gatewayUrl)
  const { path, secret, id } = await connect(company)
  const send = (body: string | Buffer) => post(path, body, signed(body, { secret }))
  const good = batch(event('e1'))
  expect(await send(good)).toMatchObject({ status: 200, body: { accepted: 1, duplicates: 0 } })
  expect(await send(good)).toMatchObject({ status: 200, body: { accepted: 0, duplicates: 1 } })

  for (const unreadable of ['{"events":[', Buffer.from([0x7b, 0xff, 0xfe, 0x00]), '[]', ''])
    expect(await send(unreadable)).toMatchObject({ status: 200, body: { accepted: 0 } })
  const mixed = batch(
    event('e2', { type: 'call.exploded' }),
    event('e3', { occurredAt: '1970-01-01T00:00:00Z' }),
    event('e4', { occurredAt: '50000-01-01T00:00:00Z' }),
    event('e5', { from: `${'\u0000'}` }),
    event('e6', { from: 'anonymous' }),
    event('e7', { from: 'sip:+995599000002@pbx.example' }),
    event('e8', { from: '' }),
    event('e9', { from: '101' }),
    event('e10', { from: '٠٥٥٥١٢٣٤٥٦' }),
    'no event at all',
  )
  const answer = await send(mixed)
  expect(answer).toMatchObject({ status: 200, body: { accepted: 5 } })
  expect(answer.body.rejected.map(({ index }: { index: number }) => index)).toEqual([0, 1, 2, 3, 9])

  const { body } = await company.get('/v1/telephony/calls?limit=100')
  const phones = Object.fromEntries(
    (body['data'] as { externalId: string; phone: string | null }[]).map(({ externalId, phone }) => [
      externalId,
      phone,
    ]),
  )
  expect(phones).toMatchObject({
    'call-e1': '+995599000001',
    'call-e6': null,
    'call-e7': '+995599000002',
    'call-e8': null,
    'call-e9': null,
  })
  const letters = (await company.get('/v1/telephony/dead-letters?limit=100')).body['data'] as unknown[]
  expect(letters.length).toBeGreaterThanOrEqual(8)
  expect(await metric('telephony_events_total{outcome="not_understood"')).toBeGreaterThanOrEqual(9)
  expect((await company.get(`/v1/telephony/connections/${id}`)).body).toMatchObject({
    duplicatesCount: 1,
    eventsCount: 6,
  })
  expect(system.crashed).toEqual([])
})
