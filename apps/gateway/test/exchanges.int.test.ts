import { once } from 'node:events'
import { get, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { allRoutes, defineRoute } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { test, waitFor } from '@dealwire/testing'
import { describe, expect, onTestFinished } from 'vitest'
import { z } from 'zod'
import { bearer, listeningGateway, register } from './gateway.ts'
import { startStandIn } from './service.ts'

const id = '0190a000-0000-7000-8000-000000000001'
const TIMEOUT_MS = 1_000
const MEGABYTE = 1024 * 1024
const CHUNK = Buffer.alloc(64 * 1024, 'x')

const uploadRoute = defineRoute({
  method: 'POST',
  path: '/v1/uploads-of-test',
  service: 'deals',
  permission: 'deal:import',
  summary: 'For this test',
  bodyLimitBytes: 64 * MEGABYTE,
  responses: { 200: null },
})
const streamedRoute = defineRoute({
  method: 'GET',
  path: '/v1/rows-of-test',
  service: 'deals',
  permission: 'deal:export',
  summary: 'For this test',
  stream: { mediaTypes: ['text/csv'], deadlineMs: 60_000 },
  responses: { 200: z.string() },
})
const routes = [...allRoutes, uploadRoute, streamedRoute]

/** A gateway in front of a service that does what the test says. */
async function standing(database: Database) {
  const service = await startStandIn()
  const { app, url } = await listeningGateway(database, {
    routes,
    upstreamUrls: { deals: service.url },
    upstreamTimeoutMs: TIMEOUT_MS,
    clientStallMs: 2 * TIMEOUT_MS,
  })
  const { accessToken } = await register(app)
  const state = async () => (await app.inject('/health/detailed')).json().upstreams.deals
  return { service, url, port: Number(new URL(url).port), headers: bearer(accessToken), state }
}

/** Writes so much as fast as it is taken; answers how much was given so far. */
function pour(response: ServerResponse | Socket | ReturnType<typeof request>, total: number): { written: number } {
  const progress = { written: 0 }
  const more = () => {
    while (progress.written < total) {
      progress.written += CHUNK.length
      if (!response.write(CHUNK)) return void response.once('drain', more)
    }
    response.end()
  }
  more()
  return progress
}

async function stalledAt(progress: { written: number }): Promise<number> {
  return waitFor('it to stall', async () => {
    const before = progress.written
    await new Promise((resolve) => setTimeout(resolve, 150))
    return before > 0 && before === progress.written ? before : undefined
  })
}

describe('a client that is slow', () => {
  test('to send its body is told so, and it is not the service that gets the blame', async ({ db }) => {
    const { service, port, headers, state } = await standing(db.open('gateway'))
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const socket = connect(port, '127.0.0.1')
        const length = index % 2 === 0 ? 100 : 100_000
        socket.write(
          `POST /v1/uploads-of-test HTTP/1.1\r\nhost: x\r\nauthorization: ${headers.authorization}\r\n` +
            `content-type: application/json\r\ncontent-length: ${length}\r\n\r\n{"half`,
        )
        let text = ''
        for await (const chunk of socket) text += chunk
        return text
      }),
    )
    for (const answer of answers) {
      expect(answer).toMatch(/^HTTP\/1\.1 408 /)
      expect(answer.toLowerCase()).toContain('connection: close')
      expect(answer).toContain('"code":"request_timeout"')
    }
    expect(service.seen).toEqual([])
    await waitFor('the uploads to be over', async () => (await state()).inFlight === 0)
    expect((await state()).breaker).toBe('closed')
  })

  test('to read is waited for without filling the memory, then cut off; the service is not blamed', async ({ db }) => {
    const { service, url, headers, state } = await standing(db.open('gateway'))
    const poured: { written: number }[] = []
    service.answer = (_request, response) => void poured.push(pour(response, 50 * MEGABYTE))
    const before = process.memoryUsage().arrayBuffers
    const clients = await Promise.all(Array.from({ length: 8 }, () => opened(`${url}/v1/deals/${id}`, headers)))
    for (const progress of poured) expect(await stalledAt(progress)).toBeLessThan(16 * MEGABYTE)
    // Of 400 MB; garbage that is not collected yet, and the service and the clients of this process, included.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * MEGABYTE)
    await waitFor('them to be cut off', async () => (await state()).inFlight === 0)
    await Promise.all(clients.map((client) => expect(client.toArray()).rejects.toThrow('aborted')))
    expect(await state()).toEqual({ breaker: 'closed', inFlight: 0 })
    expect(service.aborted).toBeGreaterThanOrEqual(8)
  })
})

describe('a service that is slow', () => {
  test('to take a body holds its client back', async ({ db }) => {
    const { service, url, headers } = await standing(db.open('gateway'))
    let take: (() => void) | undefined
    service.early = (incoming, response) => {
      take = () => void incoming.resume().once('end', () => response.end('taken'))
    }
    const sent = request(`${url}/v1/uploads-of-test`, { method: 'POST', headers, agent: false })
    const progress = pour(sent, 50 * MEGABYTE)
    expect(await stalledAt(progress)).toBeLessThan(32 * MEGABYTE)
    take?.()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    expect([response.statusCode, (await response.toArray()).join('')]).toEqual([200, 'taken'])
    expect(progress.written).toBe(50 * MEGABYTE)
  })

  test('to end what it began before it had the body is cut off as well', async ({ db }) => {
    const { service, url, headers, state } = await standing(db.open('gateway'))
    service.early = (_incoming, response) => void response.writeHead(200).write('half')
    const sent = request(`${url}/v1/uploads-of-test`, { method: 'POST', headers, agent: false })
    sent.on('error', () => undefined)
    pour(sent, 50 * MEGABYTE)
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    await expect(response.toArray()).rejects.toThrow('aborted')
    await waitFor('the exchange to be over', async () => (await state()).inFlight === 0)
  })

  test('may pause in a stream, and take longer than any other answer; in another answer it may not pause', async ({
    db,
  }) => {
    const { service, url, headers } = await standing(db.open('gateway'))
    service.answer = (_request, response) => {
      response.writeHead(200).write('half ')
      setTimeout(() => response.end('and half'), 2 * TIMEOUT_MS)
    }
    const streamed = await fetch(`${url}/v1/rows-of-test`, { headers })
    expect(await streamed.text()).toBe('half and half')
    const other = await fetch(`${url}/v1/deals/${id}`, { headers })
    await expect(other.text()).rejects.toThrow()
  })
})

describe('answers without a body', () => {
  test('pass as they are, with the headers of the edge; what is said on the way is not passed', async ({ db }) => {
    const { service, url, port, headers } = await standing(db.open('gateway'))
    service.answer = (incoming, response) => {
      response.writeProcessing()
      response.writeEarlyHints({ link: '</style.css>; rel=preload' })
      if (incoming.method === 'HEAD') response.writeHead(200, { 'content-length': '12345', etag: '"7"' }).end()
      else if (incoming.headers['if-none-match'] !== undefined) response.writeHead(304, { etag: '"7"' }).end()
      else response.writeHead(204).end()
    }
    const path = `${url}/v1/deals/${id}`
    const gone = await fetch(path, { method: 'DELETE', headers })
    expect([gone.status, await gone.text()]).toEqual([204, ''])
    const known = await fetch(path, { headers: { ...headers, 'if-none-match': '"6", W/"7"' } })
    expect([known.status, known.headers.get('etag'), await known.text()]).toEqual([304, '"7"', ''])
    expect(service.seen.at(-1)?.headers['if-none-match']).toBe('"6", W/"7"')
    const head = await fetch(path, { method: 'HEAD', headers })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '12345'])
    for (const answer of [gone, known, head]) {
      expect(answer.headers.get('ratelimit-limit')).not.toBeNull()
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    }
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    const line = `HTTP/1.1\r\nhost: x\r\nauthorization: ${headers.authorization}\r\n`
    socket.write(`HEAD /v1/deals/${id} ${line}\r\nDELETE /v1/deals/${id} ${line}connection: close\r\n\r\n`)
    // Both on one connection: a body where there must be none would be read as the next answer.
    expect(
      Buffer.concat(await socket.toArray())
        .toString()
        .match(/HTTP\/1\.1 \d+/g),
    ).toEqual(['HTTP/1.1 200', 'HTTP/1.1 204'])
  })
})

/** An answer of which nothing is read. */
async function opened(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const sent = get(url, { headers, agent: false })
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return response
}
