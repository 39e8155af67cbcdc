import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { run, statement, withTx } from '@dealwire/db/client'
import type { AnyEvent } from '@dealwire/messaging'
import { createLogger } from '@dealwire/telemetry'
import { type makeActor, test } from '@dealwire/testing'
import { describe, expect, onTestFinished } from 'vitest'
import { sequences } from '../../test/sequences.ts'
import { startApp, type TestApp, toInput, toldEvents } from '../../test/start-app.ts'
import { fetchRecordings, forgetOldRecordings } from './fetch-recordings.ts'
import { FetchRefused, guardedFetch } from './guarded-fetch.ts'
import { noteRecordings } from './note-recordings.ts'
import { addressRule } from './public-address.ts'
import { openRecordingStore, type RecordingStore } from './recording-store.ts'

type Actor = ReturnType<typeof makeActor>
const SOUND = Buffer.from(Array.from({ length: 1_000 }, (_, n) => n % 256))
const onLoopback = addressRule(['127.0.0.0/8'])
const never = new AbortController().signal

function give(path: string, answer: ServerResponse): void {
  const [, to] = /^\/to\/(.+)$/.exec(path) ?? []
  if (to !== undefined) answer.writeHead(302, { location: decodeURIComponent(to) }).end()
  else if (path === '/page') answer.writeHead(200, { 'content-type': 'text/html' }).end('<html>')
  else if (path === '/missing') answer.writeHead(404).end()
  else if (path === '/endless') giveForEver(answer)
  else answer.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': SOUND.length }).end(SOUND)
}

function giveForEver(answer: ServerResponse): void {
  answer.writeHead(200, { 'content-type': 'audio/mpeg' })
  const more = setInterval(() => answer.write(SOUND), 1)
  answer.on('close', () => clearInterval(more))
}

/** A PBX that gives out recordings, in the ways that its answers' paths say. */
async function startPbx(extra: (request: IncomingMessage, answer: ServerResponse) => boolean = () => false) {
  const asked: { path: string; authorization: string | undefined }[] = []
  const server = createServer((request, answer) => {
    const path = request.url ?? ''
    asked.push({ path, authorization: request.headers.authorization })
    if (extra(request, answer)) return
    give(path, answer)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const options = { isAllowed: onLoopback, maxBytes: 10_000, signal: AbortSignal.timeout(20_000) }
const refusal = (address: string, rest = {}) =>
  guardedFetch(address, { ...options, ...rest }).then(
    () => 'fetched',
    (error: unknown) => (error instanceof FetchRefused ? [error.message, error.isFinal] : error),
  )

describe('the guard', () => {
  test('fetches sound, over redirects that stay where it may ask', async () => {
    const pbx = await startPbx()
    const { contentType, body } = await guardedFetch(`${pbx.url}/to/${encodeURIComponent('/to/%2Fsound')}`, options)
    expect(contentType).toBe('audio/mpeg')
    expect(await buffer(body)).toStrictEqual(SOUND)
    expect(pbx.asked).toHaveLength(3)
  })

  test('asks no address inside, however it is written', async () => {
    const isAllowed = addressRule([])
    const addresses = [
      '127.0.0.1',
      '0x7f000001',
      '2130706433',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '169.254.169.254',
      'localhost',
    ]
    for (const address of addresses) {
      expect(await refusal(`http://${address}:1/x`, { isAllowed })).toStrictEqual([
        expect.stringContaining('not on the internet'),
        true,
      ])
    }
    for (const address of ['file:///etc/passwd', 'ftp://127.0.0.1/x', 'http://user:secret@127.0.0.1/x', 'nonsense'])
      expect(await refusal(address)).toStrictEqual([expect.any(String), true])
  })

  test('checks every hop: a redirect to the inside is not followed, and a fourth hop is one too many', async () => {
    const pbx = await startPbx()
    const metadata = encodeURIComponent('http://169.254.169.254/latest/meta-data')
    expect(await refusal(`${pbx.url}/to/${metadata}`)).toStrictEqual([expect.stringContaining('169.254.169.254'), true])
    expect(await refusal(`${pbx.url}/to/${encodeURIComponent('file:///etc/passwd')}`)).toStrictEqual([
      expect.any(String),
      true,
    ])
    const again = await startPbx((_request, answer) => {
      answer.writeHead(302, { location: '/again' }).end()
      return true
    })
    expect(await refusal(`${again.url}/again`)).toStrictEqual(['More than 3 redirects', true])
    expect(again.asked).toHaveLength(4)
  })

  test('gives credentials to their own origin only', async () => {
    const other = await startPbx()
    const pbx = await startPbx()
    const credentials = { origin: pbx.url, authorization: 'Basic secret' }
    const away = `${pbx.url}/to/${encodeURIComponent(`${other.url}/sound`)}`
    await buffer((await guardedFetch(away, { ...options, credentials })).body)
    expect(pbx.asked.map(({ authorization }) => authorization)).toStrictEqual(['Basic secret'])
    expect(other.asked.map(({ authorization }) => authorization)).toStrictEqual([undefined])
  })

  test('takes nothing but sound of a bounded size in a bounded time', async () => {
    const pbx = await startPbx()
    expect(await refusal(`${pbx.url}/page`)).toStrictEqual(["'text/html' is no recording", true])
    expect(await refusal(`${pbx.url}/missing`)).toStrictEqual(['The answer was 404', false])
    expect(await refusal(`${pbx.url}/sound`, { maxBytes: 999 })).toStrictEqual(['1000 bytes are more than 999', true])
    const { body } = await guardedFetch(`${pbx.url}/endless`, options)
    await expect(buffer(body)).rejects.toThrow('More than 10000 bytes')
    const slow = await guardedFetch(`${pbx.url}/endless`, {
      ...options,
      maxBytes: 1e9,
      signal: AbortSignal.timeout(1_000),
    })
    await expect(buffer(slow.body)).rejects.toThrow()
  })
})

function storeInFolder(): { store: RecordingStore; files: () => string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'recordings-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const files = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('/'))
  return { store: openRecordingStore(folder), files }
}

async function callWithRecording(app: TestApp, actor: Actor, url: string): Promise<string> {
  const told = {
    ...sequences.direct[3],
    eventKey: 'recording',
    type: 'recording.available' as const,
    recordingUrl: url,
  }
  const events = [...sequences.direct, told].map((event) => toInput(event as (typeof sequences.direct)[number]))
  await app.call(actor, '/v1/telephony/events', { method: 'POST', body: { events } })
  const logged = (await toldEvents(app, actor)).filter(({ type }) => type.endsWith('recording.available'))
  const news = logged.map(({ type, data }) => ({
    id: randomUUID(),
    type,
    companyid: actor.companyId,
    data,
  })) as unknown as AnyEvent[]
  for (let times = 0; times < 2; times++) await withTx(app.database, (tx) => noteRecordings.apply(tx, news))
  return (await app.call(actor, '/v1/telephony/calls')).body.data[0].id
}

const expired = statement(
  'test_age_recordings',
  `UPDATE recordings SET stored_at = stored_at - interval '31 days' WHERE company_id = $1`,
)
const state = statement('test_recording_state', 'SELECT status, attempts, error FROM recordings WHERE company_id = $1')

test('a recording is fetched once, listened to in parts, and gone after its time', async ({ db, actor, stranger }) => {
  const pbx = await startPbx()
  const { store, files } = storeInFolder()
  const app = startApp(db, { recordings: store })
  const fetching = {
    ...app.dependencies,
    store,
    isAllowed: onLoopback,
    maxBytes: 10_000,
    logger: createLogger({ service: 'test', level: 'silent' }),
  }
  const id = await callWithRecording(app, actor, `${pbx.url}/sound`)
  const path = `/v1/telephony/calls/${id}/recording`
  expect(await app.call(actor, path)).toMatchObject({ status: 409, body: { code: 'recording_unavailable' } })
  expect(await fetchRecordings(fetching, never)).toBe(1)
  expect(await fetchRecordings(fetching, never)).toBe(0)
  expect(pbx.asked).toHaveLength(1)

  const whole = await app.bytes(actor, path)
  expect(whole).toMatchObject({
    status: 200,
    headers: { 'content-type': 'audio/mpeg', 'content-length': '1000', 'accept-ranges': 'bytes' },
  })
  expect(whole.body).toStrictEqual(SOUND)
  const part = await app.bytes(actor, `${path}?eventId=recording`, { range: 'bytes=10-19' })
  expect(part).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 10-19/1000', 'content-length': '10' } })
  expect(part.body).toStrictEqual(SOUND.subarray(10, 20))
  expect(await app.bytes(actor, path, { range: 'bytes=1000-' })).toMatchObject({
    status: 416,
    headers: { 'content-range': 'bytes */1000' },
  })
  for (const [who, where] of [
    [stranger, path],
    [actor, path.replace(id, randomUUID())],
    [actor, `${path}?eventId=other`],
  ] as const)
    expect((await app.call(who, where)).status).toBe(404)

  await run(app.database, expired, [actor.companyId])
  await forgetOldRecordings(fetching, 30, never)
  expect(files()).toStrictEqual([])
  expect((await app.call(actor, path)).status).toBe(409)
})

test('what the PBX has not finished is asked for again; an address inside is not asked at all', async ({
  db,
  actor,
  stranger,
}) => {
  const pbx = await startPbx()
  const { store, files } = storeInFolder()
  const app = startApp(db, { recordings: store })
  const fetching = {
    ...app.dependencies,
    store,
    maxBytes: 10_000,
    logger: createLogger({ service: 'test', level: 'silent' }),
  }
  await callWithRecording(app, actor, `${pbx.url}/missing`)
  await callWithRecording(app, stranger, 'http://169.254.169.254/latest/meta-data')
  expect(await fetchRecordings({ ...fetching, isAllowed: onLoopback }, never)).toBe(0)
  expect(await run(app.database, state, [actor.companyId])).toMatchObject([
    { status: 'PENDING', attempts: 1, error: 'The answer was 404' },
  ])
  expect(await run(app.database, state, [stranger.companyId])).toMatchObject([{ status: 'FAILED', attempts: 1 }])
  expect(files()).toStrictEqual([])
})
