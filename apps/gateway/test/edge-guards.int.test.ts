import { randomUUID } from 'node:crypto'
import { test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { bearer, listeningGateway, register, startGateway } from './gateway.ts'
import { startStandIn } from './service.ts'

describe('pages of other origins', () => {
  test('may call when they are on the list, forwarded answers included; others may not', async ({ db }) => {
    const service = await startStandIn()
    const app = await startGateway(db.open('gateway'), {
      corsOrigins: ['https://crm.test'],
      upstreamUrls: { deals: service.url },
    })
    const listening = await listeningGateway(db.open('gateway'), {
      corsOrigins: ['https://crm.test'],
      upstreamUrls: { deals: service.url },
    })
    const preflight = (origin: string) =>
      app.inject({
        method: 'OPTIONS',
        url: '/v1/deals',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      })
    const allowed = await preflight('https://crm.test')
    expect([allowed.statusCode, allowed.headers['access-control-allow-origin']]).toEqual([204, 'https://crm.test'])
    expect((await preflight('https://evil.test')).headers['access-control-allow-origin']).toBeUndefined()
    const { accessToken } = await register(app)
    const answer = await fetch(`${listening.url}/v1/deals`, {
      headers: { ...bearer(accessToken), origin: 'https://crm.test' },
    })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, 'https://crm.test'])
    expect(answer.headers.get('access-control-expose-headers')).toContain('etag')
  })
})

test('metrics and detailed health answer this machine and the token, and nobody else', async ({ db }) => {
  const app = await startGateway(db.open('gateway'), { metricsToken: 'a token of some length' })
  for (const url of ['/metrics', '/health/detailed']) {
    const status = async (remoteAddress: string, headers: Record<string, string> = {}) =>
      (await app.inject({ url, remoteAddress, headers })).statusCode
    expect(await status('127.0.0.1')).toBe(200)
    expect(await status('10.1.2.3')).toBe(404)
    expect(await status('127.0.0.1', { 'x-forwarded-for': '10.1.2.3' })).toBe(404)
    expect(await status('10.1.2.3', bearer('a token of some length'))).toBe(200)
    expect(await status('10.1.2.3', bearer('another token of that length'))).toBe(404)
  }
  expect((await app.inject({ url: '/health/readiness', remoteAddress: '10.1.2.3' })).statusCode).toBe(200)
})

test('made-up webhook connections share one limit per address; a connection that is accepted has its own', async ({
  db,
}) => {
  const service = await startStandIn()
  service.answer = (request, response) => {
    response.writeHead(request.url?.includes('/generic/known') === true ? 200 : 401).end()
  }
  const { url } = await listeningGateway(db.open('gateway'), {
    rateLimitScale: 0.02,
    upstreamUrls: { 'telephony-ingest': service.url },
  })
  const send = async (connection: string) =>
    (await fetch(`${url}/v1/telephony/webhooks/generic/${connection}`, { method: 'POST' })).status
  const known = `known${randomUUID().slice(5)}`
  expect(await send(known)).toBe(200)
  const unknown = []
  for (let count = 0; count < 7; count++) unknown.push(await send(randomUUID()))
  expect(unknown).toEqual([401, 401, 401, 401, 401, 429, 429])
  expect(await send(known)).toBe(200)
})
