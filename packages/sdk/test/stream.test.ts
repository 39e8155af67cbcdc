import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { expect, expectTypeOf, test } from 'vitest'
import { createClient, isProblem, NoAnswer, type StreamedEvent } from '../src/index.ts'
import { messagesOf, type SseMessage } from '../src/sse.ts'
import { breakOff, refuse, type Seen, silence, startServer } from './server.ts'

const frame = (id: number, data = '{}') => `id: ${id}\nevent: deals.deal.won\ndata: ${data}\n\n`
const stream =
  (text: string, isOver = true) =>
  (response: ServerResponse, _seen: Seen) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text)
    if (isOver) setTimeout(() => response.destroy(), 20)
  }

/** The ids of the first so many events. */
async function idsOf(events: AsyncGenerator<StreamedEvent>, count: number): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of events) if (ids.push(id) === count) break
  return ids
}

test('a lost connection is made anew and goes on where it was, whatever it was lost by', async () => {
  const { url, seen } = await startServer(
    stream(`: connected\nretry: 1\nid: 1\n\n${frame(2)}${frame(3)}`),
    breakOff,
    refuse(503, 'stream_unavailable', { 'retry-after': '0' }),
    // Nothing happened, but the position moved on; and a message that is cut off is not there yet.
    stream(`retry: 1\n\n: heartbeat\nid: 7\n\nid: 8\ndata: {"half`),
    stream(frame(8) + frame(9), false),
  )
  let opened = 0
  const types = ['deals.deal.*', '*.call.ended'] as const
  const ids = await idsOf(createClient({ baseUrl: url, token: 't' }).stream({ types, onOpen: () => opened++ }), 4)
  expect(opened).toBe(3)
  expect(ids).toEqual(['2', '3', '8', '9'])
  expect(seen.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '3', '3', '3', '7'])
  expect(seen[0]).toMatchObject({ url: '/v1/stream?types=deals.deal.*%2C*.call.ended' })
  expect(seen[0]?.headers).toMatchObject({ accept: 'text/event-stream', authorization: 'Bearer t' })
})

test('a refusal ends it: what was missed is gone, or the caller may not listen', async () => {
  for (const [status, code] of [
    [410, 'stream_expired'],
    [401, 'unauthenticated'],
  ] as const) {
    const { url, seen } = await startServer(refuse(status, code))
    const error = await idsOf(createClient({ baseUrl: url }).stream({ lastEventId: '5' }), 1).catch((thrown) => thrown)
    expect(isProblem(error, code)).toBe(true)
    expect([seen.length, seen[0]?.headers['last-event-id']]).toEqual([1, '5'])
  }
})

test('a server that stays away is given up in the end, one that is silent when the caller says so', async () => {
  const away = await startServer(breakOff)
  const given = idsOf(createClient({ baseUrl: away.url }).stream({ giveUpAfterMs: 200 }), 1)
  await expect(given).rejects.toBeInstanceOf(NoAnswer)
  const mute = await startServer(silence)
  const signal = AbortSignal.timeout(50)
  const ended = await idsOf(createClient({ baseUrl: mute.url }).stream({ signal }), 1).catch((error) => error)
  expect(ended).toBe(signal.reason)
})

test('who stops listening leaves no connection behind', async () => {
  let closed = 0
  const { url } = await startServer((response, seen) => {
    response.once('close', () => closed++)
    stream(frame(1), false)(response, seen)
  })
  expect(await idsOf(createClient({ baseUrl: url }).stream(), 1)).toEqual(['1'])
  await expect.poll(() => closed, { timeout: 20_000 }).toBe(1)
})

test('messages are read alike wherever their bytes are cut', async () => {
  const text = `: hello\n\nid: 1\nevent: a\ndata: {"name":"ნინო 🙂"}\n\nretry: 250\n\nid: 2\r\ndata: x\r\ndata:y\r\n\r\nid: 3\ndata: half`
  const bytes = Buffer.from(text)
  for (let size = 1; size <= bytes.length; size++) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    )
    const messages = await Readable.from(messagesOf(Readable.from(chunks))).toArray()
    expect(messages.map(({ id, data, retryMs }: SseMessage) => [id, data, retryMs])).toEqual([
      [undefined, undefined, undefined],
      ['1', '{"name":"ნინო 🙂"}', undefined],
      [undefined, undefined, 250],
      ['2', 'x\ny', undefined],
    ])
  }
})

test('types: what was asked for tells what comes', () => {
  const client = createClient({ baseUrl: 'http://localhost' })
  const won = client.stream({ types: ['deals.deal.won'] })
  expectTypeOf<Yielded<typeof won>['event']['type']>().toEqualTypeOf<'crm.deals.deal.won'>()
  const sessions = client.stream({ types: ['identity.session.*'] })
  expectTypeOf<Yielded<typeof sessions>['event']['type']>().toEqualTypeOf<
    'crm.identity.session.created' | 'crm.identity.session.refused' | 'crm.identity.session.revoked'
  >()
})

type Yielded<Generator> = Generator extends AsyncGenerator<infer Value> ? Value : never
