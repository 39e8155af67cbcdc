import { randomUUID } from 'node:crypto'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { defineRoute } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { nobody } from '../test/nobody.ts'
import { type Answer, streamed } from './answer.ts'
import { route } from './route.ts'
import { createServer } from './server.ts'

/** vitest's own second is too short for a busy machine. */
const SOON = { timeout: 20_000 }

const ROUTE_DEADLINE_MS = 200
const LONGER_THAN_OTHERS_MS = 2 * ROUTE_DEADLINE_MS
const CHUNK = Buffer.alloc(64 * 1024, 'dealwire,')

/** Chunks made one by one as somebody asks for them. */
class Source extends Readable {
  made = 0
  readonly #onChunk: (made: number) => Buffer | null | Error | Promise<Buffer | null | Error>

  constructor(onChunk: (made: number) => Buffer | null | Error | Promise<Buffer | null | Error>) {
    super({ highWaterMark: CHUNK.length })
    this.#onChunk = onChunk
  }

  override async _read(): Promise<void> {
    const chunk = await this.#onChunk(this.made)
    if (chunk instanceof Error) return void this.destroy(chunk)
    this.made++
    this.push(chunk)
  }
}

const endless = () => new Source(() => CHUNK)

async function listen(answer: () => Answer, deadlineMs = 30_000): Promise<string> {
  const app = createServer({
    service: 'deals',
    logger: createLogger({ service: 'deals', level: 'silent' }),
    metrics: createMetrics('deals'),
    internalSecret: 'x'.repeat(32),
    validateResponses: true,
    newRequestId: randomUUID,
    readActor: () => nobody,
    routeDeadlineMs: ROUTE_DEADLINE_MS,
  })
  const spec = defineRoute({
    method: 'GET',
    path: '/v1/rows',
    service: 'deals',
    permission: 'any',
    summary: 'For this test',
    stream: { mediaTypes: ['text/csv'], deadlineMs },
    responses: { 200: z.string() },
  })
  route(app, spec, async () => answer())
  await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => app.close())
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/v1/rows`
}

const csv = (source: Readable) =>
  streamed('text/csv; charset=utf-8', source, { 'content-disposition': 'attachment; filename="rows.csv"' })

/** An answer of which nothing has been read yet. */
function open(url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, resolve).on('error', reject)
  })
}

describe.for([{}, { 'accept-encoding': 'gzip' }])('an answer made while it is sent, asked for with %o', (headers) => {
  const isZipped = 'accept-encoding' in headers

  test('is read no faster than its client, may take longer than other answers, and arrives whole', async () => {
    const total = isZipped ? 2_000 : 500
    const source = new Source((made) => (made < total ? CHUNK : null))
    const response = await open(await listen(() => csv(source)), headers)
    await sleep(LONGER_THAN_OTHERS_MS)
    // Zipped, so many chunks fit into the buffers on the way that they may all have been made.
    if (!isZipped) expect(source.made).toBeLessThan(total / 2)
    const body = await buffer(isZipped ? response.pipe(createGunzip()) : response)
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    expect(body.length).toBe(total * CHUNK.length)
  })

  test('ends with its client', async () => {
    const source = endless()
    const response = await open(await listen(() => csv(source)), headers)
    await vi.waitFor(() => expect(source.made).toBeGreaterThan(2), SOON)
    response.destroy()
    await vi.waitFor(() => expect(source.destroyed).toBe(true), SOON)
  })

  test('that fails in the middle breaks the connection', async () => {
    const source = new Source(async (made) => {
      if (made < 50) return CHUNK
      await sleep(50)
      return new Error('the cursor broke')
    })
    const response = await open(await listen(() => csv(source)), headers)
    await expect(buffer(response)).rejects.toThrow('aborted')
  })

  test('that fails before its first byte is a problem document like any other', async () => {
    const refusal = new AppError('unavailable', 'storage_unavailable', 'The database is not reachable.', {
      retryAfterSeconds: 1,
    })
    const response = await open(await listen(() => csv(new Source(() => refusal))), headers)
    expect(JSON.parse((await buffer(response)).toString())).toMatchObject({ status: 503, code: 'storage_unavailable' })
    expect(response.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'retry-after': '1',
    })
    expect(response.headers).not.toHaveProperty('content-encoding')
    expect(response.headers).not.toHaveProperty('content-disposition')
  })

  test('that takes longer than its own deadline breaks the connection and ends', async () => {
    const source = new Source(async () => {
      await sleep(5)
      return CHUNK
    })
    const response = await open(await listen(() => csv(source), LONGER_THAN_OTHERS_MS), headers)
    await expect(buffer(response)).rejects.toThrow('aborted')
    await vi.waitFor(() => expect(source.destroyed).toBe(true), SOON)
  })
})

test('an answer that is only asked after is not made', async () => {
  const source = endless()
  const response = await fetch(await listen(() => csv(source)), { method: 'HEAD' })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  expect(source).toMatchObject({ made: 0, destroyed: true })
})
