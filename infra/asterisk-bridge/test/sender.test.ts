import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newCounters } from '../src/counters.ts'
import { sendSpool } from '../src/sender.ts'
import { openSpool, type Spool } from '../src/spool.ts'

let folder: string
let spool: Spool
let server: Server
let posts: { at: number; items: unknown[] }[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-'))
  spool = await openSpool({ folder, maxBytes: 10_000_000 })
  posts = []
})
afterEach(async () => {
  server.close()
  await spool.close()
  await rm(folder, { recursive: true, force: true })
})

/** A gateway that gives these answers in turn, and takes everything after them. */
async function send(...answers: { status: number; retryAfter?: string }[]) {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    posts.push({ at: performance.now(), items: JSON.parse(body).events })
    const { status, retryAfter } = answers.shift() ?? { status: 200 }
    response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter })
    response.end('{"accepted":1,"duplicates":0,"rejected":[]}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const counters = newCounters()
  const options = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    connectionId: 'c',
    secret: 's',
    deadLetterPath: join(folder, 'dead-letters.ndjson'),
    untilEmpty: true,
  }
  await sendSpool(options, spool, counters, AbortSignal.timeout(20_000))
  return counters
}

test('at most 500 items and 240 KB at once, in the order of the spool', async () => {
  await spool.append(Array.from({ length: 1_100 }, (_, n) => `${n}`))
  await spool.append(Array.from({ length: 5 }, () => 'x'.repeat(100_000)))
  await send()
  expect(posts.map(({ items }) => items.length)).toStrictEqual([500, 500, 102, 2, 1])
  expect(posts.flatMap(({ items }) => items).slice(0, 1_100)).toStrictEqual(
    Array.from({ length: 1_100 }, (_, n) => `${n}`),
  )
})

test('a wrong secret, an overload and an error of the gateway are waited for; nothing is set aside', async () => {
  await spool.append(['a', 'b'])
  const counters = await send({ status: 401 }, { status: 429, retryAfter: '1' }, { status: 500 })
  expect(posts.map(({ items }) => items)).toStrictEqual([1, 2, 3, 4].map(() => ['a', 'b']))
  expect((posts[2]?.at ?? 0) - (posts[1]?.at ?? 0)).toBeGreaterThan(900)
  expect(counters).toMatchObject({ retries: 3, sent: 2, deadLetters: 0 })
  expect(await readdir(folder)).not.toContain('dead-letters.ndjson')
})
