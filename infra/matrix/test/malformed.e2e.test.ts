import { problem } from '@dealwire/contracts'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { send, sendOk } from './client.ts'
import { expectProblem } from './expectations.ts'
import { makeWorld } from './fixtures/make-world.ts'
import type { World } from './fixtures/world.ts'
import { contentCases } from './malformed/content-cases.ts'
import { protocolCases } from './malformed/protocol-cases.ts'
import { sendBytes } from './malformed/raw-socket.ts'

const REFUSALS = [400, 404, 405, 408, 411, 413, 414, 415, 431]

let world: World

beforeAll(async () => {
  world = await makeWorld()
})

// The names are needed before there is a token to put in.
const protocolNames = protocolCases('').map(([name]) => name)

test('there are 200 of them', () => {
  expect(protocolNames.length + contentCases().length).toBeGreaterThanOrEqual(200)
})

describe('bytes that are no HTTP request: one 4xx problem, and the connection ends', () => {
  test.each(protocolNames)('%s', async (name) => {
    const [, bytes = ''] = protocolCases(world.caller.token).find(([one]) => one === name) ?? []
    const before = await requestsAtServices()
    const answers = await sendBytes(bytes)
    expect(answers.length, JSON.stringify(answers)).toBe(1)
    for (const { status, headers, body } of answers) {
      expect(REFUSALS, `${status} ${body}`).toContain(status)
      expect(headers).toMatch(/^content-type: application\/problem\+json/m)
      expect(headers).toMatch(/^connection: close$/m)
      expect(problem.parse(JSON.parse(body)).status).toBe(status)
    }
    expect(await requestsAtServices(), 'nothing of it reaches a service').toEqual(before)
  })
})

test('a request that was answered before its body turned out malformed is not answered twice', async () => {
  const head = 'POST /v1/deals HTTP/1.1\r\nHost: gateway\r\nTransfer-Encoding: chunked\r\n\r\n'
  for (const body of ['zz\r\n', '1\r\nabc\r\n']) {
    const answers = await sendBytes(head, body)
    expect(answers.map(({ status }) => status)).toEqual([401])
  }
})

describe('content that nobody should accept: a 4xx problem', () => {
  test.concurrent.each(contentCases())('%s', async (_name, request) => {
    expectProblem(await send({ ...request, token: world.caller.token }), REFUSALS)
  })

  test('nothing of it was stored', async () => {
    const query = 'count=exact'
    const page = await sendOk({ method: 'GET', path: '/v1/deals', query, token: world.caller.token })
    expect(page).toMatchObject({ data: [], page: { total: 0 } })
  })

  test('without a token nothing of it reaches a service', async () => {
    const before = await requestsAtServices()
    for (const [name, request] of contentCases()) {
      const answer = await send(request)
      expect([401, ...REFUSALS], `${name}: ${answer.status}`).toContain(answer.status)
      expectProblem(answer, answer.status)
    }
    expect(await requestsAtServices()).toEqual(before)
  })
})

test('after all of it the gateway answers, and nobody waits for a connection that was not given back', async () => {
  const startedAt = performance.now()
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => send({ method: 'GET', path: '/v1/auth/me', token: world.caller.token })),
  )
  expect(answers.every(({ status }) => status === 200)).toBe(true)
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})

/** How many requests each route of the services has answered so far, but for health checks and this count. */
async function requestsAtServices(): Promise<Record<string, string>> {
  const counters = await Promise.all(inject('system').serviceUrls.map(countersOf))
  return Object.fromEntries(counters.flat())
}

async function countersOf(serviceUrl: string): Promise<[string, string][]> {
  const response = await fetch(`${serviceUrl}/metrics`)
  const lines = (await response.text()).split('\n')
  return lines
    .filter(
      (line) => line.startsWith('http_request_duration_seconds_count{') && !/route="\/(health|metrics)/.test(line),
    )
    .map((line) => [line.slice(0, line.lastIndexOf(' ')), line.slice(line.lastIndexOf(' ') + 1)])
}
