import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { gunzipSync, gzipSync } from 'node:zlib'
import { allRoutes, defineRoute } from '@dealwire/contracts'
import { createServer, ok, route } from '@dealwire/http'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { TEST_INTERNAL_SECRET, test, waitFor } from '@dealwire/testing'
import { describe, expect, onTestFinished } from 'vitest'
import { z } from 'zod'
import { bearer, listeningGateway, register, startGateway } from './gateway.ts'
import { startStandIn } from './service.ts'

const id = '0190a000-0000-7000-8000-000000000001'

const webhookRoute = defineRoute({
  method: 'POST',
  path: '/v1/telephony/webhooks-of-test/:provider/:connectionId',
  service: 'telephony-ingest',
  permission: 'webhook',
  summary: 'For this test',
  params: z.strictObject({ provider: z.string(), connectionId: z.uuid() }),
  raw: true,
  bodyLimitBytes: 256 * 1024,
  responses: { 200: null },
})
const bulkRoute = defineRoute({
  method: 'POST',
  path: '/v1/bulk-of-test',
  service: 'deals',
  permission: 'deal:update',
  summary: 'For this test',
  responses: { 200: null },
})
const echoRoute = defineRoute({
  method: 'GET',
  path: '/v1/echo-of-test/:id',
  service: 'deals',
  permission: 'deal:read',
  summary: 'For this test',
  responses: { 200: z.looseObject({}) },
})
const routes = [...allRoutes, webhookRoute, bulkRoute, echoRoute]

describe('forwarding', () => {
  test('a real service sees the caller, and its answer comes back with ETag, 304 and compression', async ({ db }) => {
    const service = createServer({
      service: 'deals',
      logger: createLogger({ service: 'deals', level: 'silent' }),
      metrics: createMetrics('deals'),
      internalSecret: TEST_INTERNAL_SECRET,
      newRequestId: () => 'made by the service',
      validateResponses: true,
    })
    route(service, echoRoute, async ({ actor, params }) => ({
      ...ok({ ...actor, permissions: [...actor.permissions], id: params.id, filler: 'x'.repeat(2_000) }),
      headers: { etag: '"3"' },
    }))
    onTestFinished(() => service.close())
    const upstream = await service.listen({ host: '127.0.0.1', port: 0 })
    const { app, url } = await listeningGateway(db.open('gateway'), { routes, upstreamUrls: { deals: upstream } })
    const signedIn = await register(app)

    const headers = { ...bearer(signedIn.accessToken), 'accept-encoding': 'gzip' }
    const response = await fetch(`${url}/v1/echo-of-test/${id}`, { headers })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('etag')).toBe('"3"')
    const body = (await response.json()) as Record<string, unknown>
    expect(body).toMatchObject({
      companyId: signedIn.company.id,
      userId: signedIn.user.id,
      role: 'ADMIN',
      scope: 'all',
      id,
    })
    expect(body.requestId).toBe(response.headers.get('x-request-id'))
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('ratelimit-limit')).toBe('6000000')

    const again = await fetch(`${url}/v1/echo-of-test/${id}`, { headers: { ...headers, 'if-none-match': '"3"' } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const head = await fetch(`${url}/v1/echo-of-test/${id}`, { method: 'HEAD', headers })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  test('what a caller claims to be never reaches the service', async ({ db }) => {
    const service = await startStandIn()
    const { app, url } = await listeningGateway(db.open('gateway'), { upstreamUrls: { deals: service.url } })
    const { accessToken } = await register(app)
    await fetch(`${url}/v1/deals/${id}`, {
      headers: {
        ...bearer(accessToken),
        'x-request-id': 'mine',
        'x-forwarded-for': '1.2.3.4',
        forwarded: 'for=1.2.3.4',
        'x-dealwire-identity': 'forged',
        'x-dealwire-other': 'forged',
        cookie: 'a=b',
      },
    })
    const [{ headers }] = service.seen as [(typeof service.seen)[0]]
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers['x-dealwire-identity']).not.toBe('forged')
    for (const name of ['x-forwarded-for', 'forwarded', 'x-dealwire-other', 'cookie', 'authorization']) {
      expect(headers[name], name).toBeUndefined()
    }
  })

  test('a part of a file is asked for and answered as one', async ({ db }) => {
    const service = await startStandIn()
    service.answer = (request, response) =>
      response.writeHead(206, { 'content-range': 'bytes 0-3/8', range: request.headers.range ?? 'none' }).end('RIFF')
    const { app, url } = await listeningGateway(db.open('gateway'), {
      upstreamUrls: { 'telephony-ingest': service.url },
    })
    const { accessToken } = await register(app)
    const headers = { ...bearer(accessToken), range: 'bytes=0-3' }
    const part = await fetch(`${url}/v1/telephony/calls/${id}/recording`, { headers })
    expect([part.status, part.headers.get('content-range'), part.headers.get('range')]).toEqual([
      206,
      'bytes 0-3/8',
      'bytes=0-3',
    ])
  })

  test('bodies pass unparsed: small, large, chunked and compressed', async ({ db }) => {
    const service = await startStandIn()
    service.answer = (_request, response, body) => response.end(String(body.length))
    const { app, url } = await listeningGateway(db.open('gateway'), { routes, upstreamUrls: { deals: service.url } })
    const { accessToken } = await register(app)
    const send = (body: RequestInit['body'], headers = {}) =>
      fetch(`${url}/v1/bulk-of-test`, {
        method: 'POST',
        headers: { ...bearer(accessToken), ...headers },
        body,
        duplex: 'half',
      } as RequestInit)

    expect(await (await send('{"not json')).text()).toBe('10')
    expect(await (await send('x'.repeat(900_000))).text()).toBe('900000')
    const chunks = ReadableStream.from([Buffer.from('ab'), Buffer.from('cde')])
    expect(await (await send(chunks as RequestInit['body'])).text()).toBe('5')
    const zipped = gzipSync('hello')
    await send(zipped, { 'content-encoding': 'gzip' })
    expect(gunzipSync(Buffer.from(service.seen.at(-1)?.body ?? '', 'latin1')).toString()).toBe('hello')
  })

  test('a body over the limit is 413, announced or not, and the service never sees it', async ({ db }) => {
    const service = await startStandIn()
    const { app, url } = await listeningGateway(db.open('gateway'), { routes, upstreamUrls: { deals: service.url } })
    const { accessToken } = await register(app)
    const tooMuch = Buffer.alloc(1024 * 1024 + 1)
    const announced = await app.inject({
      method: 'POST',
      url: '/v1/bulk-of-test',
      headers: bearer(accessToken),
      payload: tooMuch,
    })
    expect([announced.statusCode, announced.json().code]).toEqual([413, 'body_too_large'])
    const chunks = ReadableStream.from([tooMuch.subarray(0, 600_000), tooMuch.subarray(0, 600_000)])
    const chunked = await fetch(`${url}/v1/bulk-of-test`, {
      method: 'POST',
      headers: bearer(accessToken),
      body: chunks as RequestInit['body'],
      duplex: 'half',
    } as RequestInit).then(
      (response) => response.status,
      () => 413,
    )
    expect(chunked).toBe(413)
    expect(service.seen).toEqual([])
  })

  test('a webhook passes as it came, whatever its type and query, as nobody', async ({ db }) => {
    const service = await startStandIn()
    const { url } = await listeningGateway(db.open('gateway'), {
      routes,
      upstreamUrls: { 'telephony-ingest': service.url },
    })
    const response = await fetch(`${url}/v1/telephony/webhooks-of-test/twilio/${id}?bodySHA256=1&x=%20`, {
      method: 'POST',
      headers: {
        'content-type': 'strange; ???',
        'x-twilio-signature': 'abc',
        authorization: 'Basic eA==',
        'x-forwarded-host': 'evil',
      },
      body: Buffer.from([0, 255, 1, 254]),
    })
    expect(response.status).toBe(200)
    const [seen] = service.seen
    expect(seen).toMatchObject({
      url: `/v1/telephony/webhooks-of-test/twilio/${id}?bodySHA256=1&x=%20`,
      body: '\u0000\u00ff\u0001\u00fe',
      headers: {
        'content-type': 'strange; ???',
        'x-twilio-signature': 'abc',
        authorization: 'Basic eA==',
        'x-forwarded-host': new URL(url).host,
      },
    })
  })
})

describe('faults of a service', () => {
  test('a service that says farewell on one connection is left on all others, before it ends them itself', async ({
    db,
  }) => {
    const deals = await startStandIn()
    const { app, url } = await listeningGateway(db.open('gateway'), { upstreamUrls: { deals: deals.url } })
    const { accessToken } = await register(app)
    const get = () => fetch(`${url}/v1/deals/${id}`, { headers: bearer(accessToken) })
    const waiting: ServerResponse[] = []
    deals.answer = (_request, response) => void waiting.push(response)
    const first = [get(), get(), get()]
    await waitFor('all requests to be with the service', async () => waiting.length === first.length)
    for (const response of waiting.splice(0)) response.end('{}')
    await Promise.all(first)
    const before = deals.connections

    deals.answer = (_request, response) => response.writeHead(200, { connection: 'close' }).end('{}')
    expect((await get()).status).toBe(200)
    await waitFor('the gateway to end the idle connections', async () => deals.ended === before - 1)

    deals.answer = (_request, response) => response.end('{}')
    expect((await get()).status).toBe(200)
    expect(deals.connections).toBe(before + 1)
  })

  test('away is 503 with Retry-After, back is 200, and the others are not touched', async ({ db }) => {
    const deals = await startStandIn()
    const inventory = await startStandIn()
    const app = await startGateway(db.open('gateway'), { upstreamUrls: { deals: deals.url, inventory: inventory.url } })
    const { accessToken } = await register(app)
    const get = (url: string) => app.inject({ url, headers: bearer(accessToken) })
    expect((await get(`/v1/deals/${id}`)).statusCode).toBe(200)
    await deals.stop()
    for (let attempt = 0; attempt < 10; attempt++) {
      const away = await get(`/v1/deals/${id}`)
      expect([away.statusCode, away.headers['retry-after'], away.json().code]).toEqual([
        503,
        '1',
        'upstream_unavailable',
      ])
      expect((await get('/v1/inventory/stock')).statusCode).toBe(200)
    }
    expect((await app.inject('/health/detailed')).json().upstreams.deals.breaker).not.toBe('closed')
    await deals.start()
    await waitFor('the service to be back', async () => (await get(`/v1/deals/${id}`)).statusCode === 200, 3_000)
  })

  test('too slow is 504, and the service learns that nobody waits any more', async ({ db }) => {
    const service = await startStandIn()
    service.answer = () => undefined
    const app = await startGateway(db.open('gateway'), { upstreamTimeoutMs: 300, upstreamUrls: { deals: service.url } })
    const { accessToken } = await register(app)
    const response = await app.inject({ url: `/v1/deals/${id}`, headers: bearer(accessToken) })
    expect([response.statusCode, response.json().code]).toEqual([504, 'upstream_timeout'])
    await waitFor('the abort', () => service.aborted === 1)
  })

  test('an answer that breaks off before it began is 502; a POST is not sent twice, a GET once more', async ({
    db,
  }) => {
    const service = await startStandIn()
    service.answer = (request) => request.socket.destroy()
    const app = await startGateway(db.open('gateway'), { upstreamUrls: { deals: service.url } })
    const { accessToken } = await register(app)
    const post = await app.inject({
      method: 'POST',
      url: '/v1/deals',
      headers: bearer(accessToken),
      payload: { title: 'a' },
    })
    expect([post.statusCode, post.json().code, service.seen.length]).toEqual([502, 'upstream_failed', 1])
    await app.inject({ url: `/v1/deals/${id}`, headers: bearer(accessToken) })
    expect(service.seen.length).toBe(3)
  })

  test('an answer that breaks off in the middle breaks the connection, so that nobody takes it for whole', async ({
    db,
  }) => {
    const service = await startStandIn()
    service.answer = (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half')
      setTimeout(() => request.socket.destroy(), 50)
    }
    const { app, url } = await listeningGateway(db.open('gateway'), { upstreamUrls: { deals: service.url } })
    const { accessToken } = await register(app)
    const response = await fetch(`${url}/v1/deals/${id}`, { headers: bearer(accessToken) })
    await expect(response.text()).rejects.toThrow()
  })

  test('a client that goes away ends the work of the service', async ({ db }) => {
    const service = await startStandIn()
    service.answer = () => undefined
    const { app, url } = await listeningGateway(db.open('gateway'), { upstreamUrls: { deals: service.url } })
    const { accessToken } = await register(app)
    const leaving = new AbortController()
    const response = fetch(`${url}/v1/deals/${id}`, { headers: bearer(accessToken), signal: leaving.signal })
    await waitFor('the request to arrive', () => service.seen.length === 1)
    leaving.abort()
    await expect(response).rejects.toThrow()
    await waitFor('the abort', () => service.aborted === 1)
    expect((await app.inject('/health/detailed')).json().upstreams.deals).toEqual({ breaker: 'closed', inFlight: 0 })
  })

  test('a client that reads slowly holds the service back instead of filling the gateway', async ({ db }) => {
    const service = await startStandIn()
    let written = 0
    service.answer = (_request, response) => {
      const chunk = Buffer.alloc(64 * 1024)
      const more = () => {
        while (written < 64 * 1024 * 1024) {
          written += chunk.length
          if (!response.write(chunk)) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    }
    const { app, url } = await listeningGateway(db.open('gateway'), { upstreamUrls: { deals: service.url } })
    const { accessToken } = await register(app)
    const response = await fetch(`${url}/v1/deals/${id}`, { headers: bearer(accessToken) })
    const stalledAt = await waitFor('the service to stall', async () => {
      const before = written
      await new Promise((resolve) => setTimeout(resolve, 300))
      return before > 0 && before === written ? before : undefined
    })
    expect(stalledAt).toBeLessThan(32 * 1024 * 1024)
    expect((await response.arrayBuffer()).byteLength).toBe(64 * 1024 * 1024)
  })
})

describe('bytes that are not a request', () => {
  const attacks = {
    'two lengths': 'POST /v1/deals HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcde',
    'length and chunks':
      'POST /v1/deals HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'chunks twice': 'POST /v1/deals HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n',
    'a space before the colon': 'GET /v1/deals HTTP/1.1\r\nhost : a\r\n\r\n',
    'a header folded': 'GET /v1/deals HTTP/1.1\r\nhost: a\r\nx: 1\r\n y\r\n\r\n',
    'no host': 'GET /v1/deals HTTP/1.1\r\n\r\n',
    'a bare line feed': 'POST /v1/deals HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n1\nZ\r\n0\r\n\r\n',
    'no HTTP at all': 'hello\r\n\r\n',
    'a broken escape': 'GET /v1/deals/%zz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
  }
  test.for(Object.entries(attacks))('%s: a 4xx problem, and nothing reaches the service', async ([, bytes], { db }) => {
    const service = await startStandIn()
    const { url } = await listeningGateway(db.open('gateway'), { upstreamUrls: { deals: service.url } })
    const answer = await exchange(Number(new URL(url).port), bytes)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer.toLowerCase()).toContain('content-type: application/problem+json')
    expect(service.seen).toEqual([])
  })
})

/** Sends bytes, and answers all that comes back. */
function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}
