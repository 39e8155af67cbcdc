import { expect, expectTypeOf, test } from 'vitest'
import { ApiProblem, type CrmEvent, createClient, type Deal, isProblem, NoAnswer } from '../src/index.ts'
import { openSend } from '../src/send.ts'
import { answer, breakOff, refuse, silence, startServer } from './server.ts'

const id = '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9e'
const soon = { 'retry-after': '0' }
const failed = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

test('a POST is repeated with the same key until it is answered', async () => {
  const { url, seen } = await startServer(breakOff, refuse(503, 'upstream_unavailable', soon), answer(201, { id }))
  const deal = await createClient({ baseUrl: url, token: 't' }).deals.create({ title: 'Heating' })
  expect(deal.id).toBe(id)
  const keys = new Set(seen.map(({ headers }) => headers['idempotency-key']))
  expect([seen.length, keys.size]).toEqual([3, 1])
  expect(String([...keys][0])).toMatch(/^[\w-]{36}$/)
  expect(seen[2]).toMatchObject({ method: 'POST', url: '/v1/deals', body: '{"title":"Heating"}' })
  expect(seen[2]?.headers).toMatchObject({ authorization: 'Bearer t', 'content-type': 'application/json' })
})

test('Retry-After is waited for, and not past the deadline', async () => {
  const { url, seen } = await startServer(refuse(429, 'rate_limited', { 'retry-after': '1' }), answer(200, { id }))
  const startedAt = performance.now()
  await createClient({ baseUrl: url }).deals.get(id)
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990)
  expect(seen).toHaveLength(2)

  const busy = await startServer(refuse(429, 'rate_limited', { 'retry-after': '60' }))
  const error = await failed(createClient({ baseUrl: busy.url, deadlineMs: 10_000 }).deals.get(id))
  expect(isProblem(error, 'rate_limited')).toBe(true)
  expect((error as ApiProblem).retryAfterSeconds).toBe(60)
  expect(busy.seen).toHaveLength(1)
})

test('a change that may have happened is not made twice', async () => {
  const versioned = await startServer(breakOff)
  const update = createClient({ baseUrl: versioned.url }).deals.update(id, { title: 'x' }, { ifMatch: 3 })
  expect(await failed(update)).toBeInstanceOf(NoAnswer)
  expect(versioned.seen).toHaveLength(1)
  expect(versioned.seen[0]?.headers['if-match']).toBe('"3"')

  const deleting = await startServer(refuse(504, 'upstream_timeout'))
  expect(await failed(createClient({ baseUrl: deleting.url }).deals.delete(id))).toMatchObject({ status: 504 })
  expect(deleting.seen).toHaveLength(1)
})

test('a refusal is told as it is, at once', async () => {
  const { url, seen } = await startServer(refuse(409, 'duplicate'))
  const error = await failed(createClient({ baseUrl: url }).contacts.create({ name: 'Nino' }))
  expect(error).toBeInstanceOf(ApiProblem)
  expect(error).toMatchObject({ code: 'duplicate', status: 409, requestId: 'r-1', problem: { detail: 'because' } })
  expect(seen).toHaveLength(1)
})

test('an answer that is no problem document is still one error', async () => {
  const { url } = await startServer(
    (response) => void response.writeHead(400, { 'content-type': 'text/html' }).end('<h1>'),
  )
  expect(await failed(createClient({ baseUrl: url }).deals.get(id))).toMatchObject({ code: 'http_400', status: 400 })
})

test('a server that says nothing is given up at the deadline, a call that is aborted at once', async () => {
  const { url } = await startServer(silence)
  const client = createClient({ baseUrl: url, retries: 0 })
  const startedAt = performance.now()
  expect(await failed(client.deals.get(id, { deadlineMs: 200 }))).toBeInstanceOf(NoAnswer)
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  const signal = AbortSignal.timeout(20)
  expect(await failed(client.deals.get(id, { signal }))).toBe(signal.reason)
})

test('a file goes as it is, with its type, and again when it was refused before it was taken', async () => {
  const { url, seen } = await startServer(refuse(503, 'upstream_unavailable', soon), answer(202, { id }))
  const csv = 'title;value\nHeating;"1,5"\n'
  const client = createClient({ baseUrl: url })
  expect((await client.deals.createImports(new Blob([csv]), { entity: 'deal', dryRun: 'true' })).id).toBe(id)
  const sent = { method: 'POST', url: '/v1/deals/imports?entity=deal&dryRun=true', body: csv }
  expect(seen).toMatchObject([sent, sent])
  expect(seen[1]?.headers).toMatchObject({ 'content-type': 'text/csv', 'content-length': String(csv.length) })
  for (const file of [csv, new TextEncoder().encode(csv)]) await client.deals.createImports(file)
  expect(seen.slice(2)).toMatchObject([{ body: csv }, { body: csv }])
})

test('a file of which nobody knows whether it arrived is not sent twice', async () => {
  const { url, seen } = await startServer(breakOff)
  expect(await failed(createClient({ baseUrl: url }).deals.createImports('title'))).toBeInstanceOf(NoAnswer)
  expect(seen).toHaveLength(1)
})

test('a list is read to its end, page by page, and no further than the caller goes', async () => {
  const page = (title: string, nextCursor: string | null) =>
    answer(200, { data: [{ title }], page: { limit: 1, nextCursor } })
  const { url, seen } = await startServer(page('a', 'c1'), page('b', 'c2'), page('c', null))
  const titles: string[] = []
  for await (const deal of createClient({ baseUrl: url }).deals.list({ limit: 1, stage: 'LEAD' }))
    titles.push(deal.title)
  expect(titles).toEqual(['a', 'b', 'c'])
  expect(seen.map(({ url }) => url)).toEqual([
    '/v1/deals?limit=1&stage=LEAD',
    '/v1/deals?limit=1&stage=LEAD&cursor=c1',
    '/v1/deals?limit=1&stage=LEAD&cursor=c2',
  ])

  const endless = await startServer(page('a', 'same'))
  const reading = async () => {
    for await (const _deal of createClient({ baseUrl: endless.url }).deals.list())
      expect(endless.seen.length).toBeLessThan(3)
  }
  expect(await failed(reading())).toMatchObject({ message: expect.stringContaining('does not advance') })
})

test('types: answers are those of the contract, and the type of an event tells its data', () => {
  const client = createClient({ baseUrl: 'http://localhost' })
  expectTypeOf(client.deals.get).returns.resolves.toEqualTypeOf<Deal>()
  expectTypeOf(client.deals.create).parameter(0).toHaveProperty('title').toEqualTypeOf<string>()
  const dealOf = (event: CrmEvent) => (event.type === 'crm.deals.deal.won' ? event.data.deal.id : event.companyid)
  expectTypeOf(dealOf).returns.toEqualTypeOf<string>()
})

test('an answer that is a stream is handed over as it begins, and outlives the deadline of its beginning', async () => {
  const { url, seen } = await startServer((response) => {
    response.writeHead(200, { 'content-type': 'text/csv' }).write('id\n')
    setTimeout(() => response.end('1\n'), 1_200)
  })
  const call = { method: 'GET', path: '/v1/rows', isStream: true, options: { deadlineMs: 1_000 } }
  const response = await openSend({ baseUrl: url })<Response>(call)
  expect(response.headers.get('content-type')).toBe('text/csv')
  expect(await response.text()).toBe('id\n1\n')
  expect(seen[0]?.headers.accept).toBe('*/*')
})
