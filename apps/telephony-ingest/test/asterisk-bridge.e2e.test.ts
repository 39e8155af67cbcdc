import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Actor } from '@dealwire/contracts'
import { makeActor, test, waitFor } from '@dealwire/testing'
import { expect, onTestFinished } from 'vitest'
import { connect, countRows, startApp, type TestApp, type TestConnection } from './start-app.ts'

const main = fileURLToPath(new URL('../../../infra/asterisk-bridge/src/main.ts', import.meta.url))
const START = Date.parse('2026-03-02T09:00:00Z') / 1_000

type Fault = { readonly status: number; readonly headers?: Record<string, string> }

/** What stands between a bridge and the service: it passes requests on, or says what it is told to. */
async function startGateway(app: TestApp) {
  const faults: Fault[] = []
  let isDown = false
  const posts: number[] = []
  const server: HttpServer = createHttpServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString('utf8')
    const fault = isDown ? { status: 503, headers: { 'retry-after': '0' } } : faults.shift()
    posts.push(fault?.status ?? 200)
    if (fault !== undefined) return void response.writeHead(fault.status, fault.headers).end('{}')
    const { authorization = '' } = request.headers
    const answer = await app.webhookText(request.url ?? '', body, { authorization, 'content-type': 'application/json' })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return {
    url: (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    fail: (...next: Fault[]) => faults.push(...next),
    setDown: (value: boolean) => {
      isDown = value
    },
    posts,
  }
}

/** An Asterisk's manager interface: it checks the login, and says to whoever is connected what the test tells it to. */
async function startManager() {
  const sockets = new Set<Socket>()
  const logins: string[] = []
  const server = createServer((socket) => {
    socket.setEncoding('utf8').write('Asterisk Call Manager/7.0.3\r\n')
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (text: string) => {
      for (const block of text.split('\r\n\r\n')) answer(socket, block)
    })
  })
  function answer(socket: Socket, block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]?.trim()
    if (field('Action') === 'Ping') socket.write('Response: Success\r\nPing: Pong\r\n\r\n')
    if (field('Action') !== 'Login') return
    const isRight = field('Username') === 'crm' && field('Secret') === 'm4nager'
    logins.push(isRight ? 'in' : 'refused')
    socket.write(`Response: ${isRight ? 'Success' : 'Error'}\r\nActionID: login\r\nMessage: as scripted\r\n\r\n`)
    if (isRight) sockets.add(socket)
    else socket.end()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    logins,
    listeners: () => sockets.size,
    say(events: readonly Record<string, string>[]) {
      const lines = events.map((event) =>
        Object.entries(event)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join(''),
      )
      for (const socket of sockets)
        for (const text of cut(lines.map((line) => `${line}\r\n`).join(''))) socket.write(text)
    },
    hangUp: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** A stream may be cut anywhere. */
function cut(text: string): string[] {
  return text.match(/[\s\S]{1,700}/g) ?? []
}

type Bridge = { readonly child: ChildProcess; readonly lines: string[]; kill(signal: NodeJS.Signals): Promise<void> }

function startBridge(args: readonly string[], env: Record<string, string>): Bridge {
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => lines.push(...String(text).trim().split('\n')))
  const isOver = once(child, 'exit')
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await isOver
  }
  onTestFinished(() => (child.exitCode === null && child.signalCode === null ? kill('SIGKILL') : undefined))
  return { child, lines, kill }
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bridge-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The manager's events of a call of a minute. */
function managerCall(n: number): Record<string, string>[] {
  const channel = { Uniqueid: `1.${n}`, Linkedid: `1.${n}`, Channel: `PJSIP/trunk-${n}`, CallerIDNum: '+995599000001' }
  const phone = { Uniqueid: `2.${n}`, Linkedid: `1.${n}`, Channel: `PJSIP/101-${n}`, CallerIDNum: '101' }
  const at = (seconds: number) => ({ Timestamp: String(START + n * 100 + seconds) })
  return [
    { Event: 'Newchannel', ...channel, ...at(0), Exten: '0322000002' },
    { Event: 'VarSet', ...channel, Variable: 'X', Value: 'not wanted' },
    { Event: 'Newchannel', ...phone, ...at(1) },
    { Event: 'BridgeEnter', ...phone, ...at(9), BridgeTechnology: 'simple_bridge' },
    { Event: 'BridgeEnter', ...channel, ...at(9), BridgeTechnology: 'simple_bridge' },
    { Event: 'Hangup', ...phone, ...at(60), Cause: '16' },
    { Event: 'Hangup', ...channel, ...at(60), Cause: '16' },
  ]
}
const EVENTS_OF_CALL = 6

async function listedCalls(app: TestApp, actor: Actor): Promise<Record<string, unknown>[]> {
  const { body } = await app.call(actor, '/v1/telephony/calls?limit=100')
  return body.data
}

const envFor = (connection: TestConnection, more: Record<string, string> = {}) => ({
  DEALWIRE_SECRET: connection.secret,
  AMI_USERNAME: 'crm',
  AMI_SECRET: 'm4nager',
  ...more,
})

test('killed in the middle, with the gateway away and the manager hanging up: every event arrives, every call is there once', async ({
  db,
}) => {
  const actor = makeActor()
  const app = startApp(db)
  const connection = await connect(app, actor, 'asterisk')
  const gateway = await startGateway(app)
  const manager = await startManager()
  const spool = await newFolder()
  const args = [
    '--url',
    gateway.url(connection.path),
    '--spool',
    spool,
    '--ami',
    manager.address,
    '--metrics-seconds',
    '1',
  ]
  const calls = (from: number, count: number) => Array.from({ length: count }, (_, n) => managerCall(from + n)).flat()
  const spooled = async (bridge: Bridge, read: number) =>
    waitFor(`${read} events in the spool`, () => bridge.lines.some((line) => line.includes(`"read":${read},`)))

  const first = startBridge(args, envFor(connection))
  await waitFor('the login', () => manager.listeners() === 1)
  gateway.fail({ status: 429, headers: { 'retry-after': '1' } }, { status: 503 })
  manager.say(calls(0, 20))
  await waitFor('the first calls', async () => (await listedCalls(app, actor)).length === 20)
  expect(gateway.posts.slice(0, 2)).toStrictEqual([429, 503])

  gateway.setDown(true)
  manager.say(calls(20, 20))
  await spooled(first, 40 * EVENTS_OF_CALL)
  await first.kill('SIGKILL')

  const second = startBridge(args, envFor(connection))
  await waitFor('the second login', () => manager.logins.length === 2 && manager.listeners() === 1)
  manager.hangUp()
  await waitFor('the third login', () => manager.logins.length === 3 && manager.listeners() === 1)
  manager.say(calls(40, 20))
  await spooled(second, 20 * EVENTS_OF_CALL)
  gateway.setDown(false)
  const all = await waitFor(
    'all calls',
    async () => {
      const listed = await listedCalls(app, actor)
      return listed.length === 60 && listed.every(({ endedAt }) => endedAt !== null) ? listed : false
    },
    20_000,
  )
  expect(all.every(({ status, talkSeconds }) => status === 'COMPLETED' && talkSeconds === 51)).toBe(true)
  expect(await countRows(app, actor)).toMatchObject({ events: 60 * EVENTS_OF_CALL, calls: 60, letters: 0 })
  await second.kill('SIGTERM')
  expect(second.lines.at(-1)).toContain('"message":"stopped"')
  expect(second.lines.at(-1)).toContain('"spoolBytes":0')
}, 90_000)

test('a followed queue log: killed at any time, no line is lost and none counts twice', async ({ db }) => {
  const actor = makeActor()
  const app = startApp(db)
  const connection = await connect(app, actor, 'asterisk')
  const gateway = await startGateway(app)
  const spool = await newFolder()
  const log = join(spool, 'queue_log')
  const linesOf = (n: number) =>
    [
      `${START + n * 100}|q.${n}|support|NONE|ENTERQUEUE||0599000001|1`,
      `${START + n * 100 + 10}|q.${n}|support|PJSIP/101|CONNECT|10||5`,
      `${START + n * 100 + 70}|q.${n}|support|PJSIP/101|COMPLETECALLER|10|60|1`,
    ].join('\n')
  await writeFile(log, '')
  const args = ['--url', gateway.url(connection.path), '--spool', spool, '--tail', log, '--from-start']
  for (let round = 0; round < 4; round++) {
    const bridge = startBridge(args, envFor(connection))
    for (let n = 0; n < 10; n++) await appendFile(log, `${linesOf(round * 10 + n)}\n`)
    // Somewhere between reading and having sent; the next one takes over.
    await waitFor('a post', () => gateway.posts.length > round)
    await bridge.kill('SIGKILL')
  }
  startBridge(args, envFor(connection))
  const all = await waitFor(
    'all calls',
    async () => {
      const listed = await listedCalls(app, actor)
      return listed.length === 40 && listed.every(({ endedAt }) => endedAt !== null) ? listed : false
    },
    20_000,
  )
  expect(all.every(({ waitSeconds, talkSeconds }) => waitSeconds === 10 && talkSeconds === 60)).toBe(true)
}, 90_000)

test('an import: the file again changes nothing, what is refused for good is set aside and can be imported again', async ({
  db,
}) => {
  const actor = makeActor()
  const app = startApp(db)
  const connection = await connect(app, actor, 'asterisk', { timeZone: 'Asia/Tbilisi' })
  const gateway = await startGateway(app)
  const folder = await newFolder()
  const file = join(folder, 'Master.csv')
  const record = (n: number) =>
    `"","+9955990000${n}","0322000002","from-trunk","","PJSIP/trunk-${n}","PJSIP/101-0000000${n}","Dial","PJSIP/101","2026-03-02 13:00:00",` +
    `"2026-03-02 13:00:08","2026-03-02 13:01:00",60,52,"ANSWERED","DOCUMENTATION","c.${n}","","","c.${n}","${n}"`
  await writeFile(file, [record(10), record(11), record(12)].join('\r\n'))
  const run = async (...files: string[]) => {
    const args = ['import', '--url', gateway.url(connection.path), '--spool', folder, ...files]
    const bridge = startBridge(args, envFor(connection))
    await once(bridge.child, 'exit')
    expect([bridge.child.exitCode, bridge.lines.at(-1)]).toStrictEqual([0, expect.stringContaining('"imported"')])
  }
  // Refused as a whole, then in halves, until the one that is at fault is alone.
  gateway.fail({ status: 413 }, { status: 413 }, { status: 413 })
  await run(file)
  expect(await listedCalls(app, actor)).toHaveLength(2)
  await run(join(folder, 'dead-letters.ndjson'))
  expect(await readFile(join(folder, 'dead-letters.ndjson'), 'utf8')).toBe(`${record(10)}\n`)
  const all = await listedCalls(app, actor)
  expect(all).toHaveLength(3)
  expect(
    all.every(({ startedAt, talkSeconds }) => startedAt === '2026-03-02T09:00:00.000Z' && talkSeconds === 52),
  ).toBe(true)
  const before = await countRows(app, actor)
  await run(file)
  expect(await countRows(app, actor)).toStrictEqual(before)
}, 60_000)
