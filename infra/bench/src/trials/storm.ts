import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { callEventItem, EVENTS_PER_CALL, signedEvent } from '../bodies.ts'
import type { Call } from '../call.ts'
import { cpuSince, cpuTimes } from '../cpu.ts'
import { type BenchCompany, spread } from '../fixture.ts'
import { at, callApi } from '../http.ts'
import type { TrialPlace, TrialResult } from './trial.ts'

const WEBHOOKS = 20_000
const SECONDS = 10
const AGAIN = WEBHOOKS / 5
const EVENTS = WEBHOOKS - AGAIN
const DISORDERED = WEBHOOKS / 20
/** How much later a webhook comes that lost its place, in webhooks. */
const MOST_DELAY = 200
const SOCKETS = 128
const MOST_P99_MS = 250
const BATCH = 500

type Item = ReturnType<typeof callEventItem>

/**
 * What a busy PBX does on a bad day. Afterwards every event is stored once, and the calls are those that the same events make
 * when they are told in order, each once.
 */
export async function stormWebhooks({ system, fixture }: TrialPlace): Promise<TrialResult> {
  const [first] = fixture.companies
  if (first === undefined) throw new Error('The fixture has no companies')
  const stormy = { ...first, connection: await connect(system.gatewayUrl, first) }
  const calm = await connect(system.gatewayUrl, first)
  const startAt = Date.now()
  const events = Array.from({ length: EVENTS }, (_, index) => eventOf(index, startAt))

  const before = cpuTimes(system.pids)
  const began = performance.now()
  const answers = await send(system.gatewayUrl, stormy, deliveries(events))
  const seconds = (performance.now() - began) / 1_000
  const cpu = cpuSince(before, cpuTimes(system.pids))

  for (let from = 0; from < EVENTS; from += BATCH) {
    const body = { connectionId: calm.id, events: events.slice(from, from + BATCH) }
    await callApi(system.gatewayUrl, 'POST', '/v1/telephony/events', { token: first.accessToken, body })
  }
  const differences = await compare(system.databaseUrl, stormy.connection.id, calm.id)
  const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  const percentile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const failed = answers.filter(({ status }) => status !== 200)
  const p99 = percentile(0.99)
  const verdict = [
    `p99 ≤ ${MOST_P99_MS} ms: ${p99 <= MOST_P99_MS ? 'yes' : 'NO'}`,
    `each stored once: ${differences.stored === EVENTS ? 'yes' : `NO, ${differences.stored} of ${EVENTS}`}`,
    `calls as told in order: ${differences.calls === 0 ? 'yes' : `NO, ${differences.calls} differ`}`,
  ]
  return {
    system: {
      result: {
        requests: answers.length,
        perSecond: answers.length / seconds,
        p50: percentile(0.5),
        p95: percentile(0.95),
        p99,
        errors: failed.length,
        firstError: failed[0] === undefined ? null : String(failed[0].status),
      },
      cpu,
    },
    verdict: verdict.join('; '),
  }
}

function eventOf(index: number, startAt: number): Item {
  const call = Math.floor(index / EVENTS_PER_CALL)
  return callEventItem(index, startAt + call * 2 + (index % EVENTS_PER_CALL) * 1_000)
}

/** Calls run side by side; a fifth comes again, and one in twenty comes late. */
function deliveries(events: readonly Item[]): Item[] {
  const again = Array.from({ length: AGAIN }, (_, n) => spread(n * 7 + 3, events.length))
  const placed = [...events.keys(), ...again].map((index, n) => {
    const late = n >= EVENTS || spread(n, WEBHOOKS / DISORDERED) === 0
    return { index, place: placeOf(index) + (late ? 1 + spread(n + 11, MOST_DELAY) : 0) }
  })
  return placed.sort((a, b) => a.place - b.place).flatMap(({ index }) => events[index] ?? [])
}

const placeOf = (index: number) => index + (index % EVENTS_PER_CALL) * 40

/** At an even rate, whatever the answers do: the time counts from when a webhook was due. */
async function send(gatewayUrl: string, company: BenchCompany, items: readonly Item[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS })
  const began = performance.now()
  const gap = (SECONDS * 1_000) / items.length
  const running: Promise<{ status: number; ms: number }>[] = []
  for (const [n, item] of items.entries()) {
    const due = began + n * gap
    const wait = due - performance.now()
    if (wait > 1) await sleep(wait)
    const call = signedEvent(company, n, JSON.stringify({ events: [item] }))
    running.push(post(gatewayUrl, agent, call).then((status) => ({ status, ms: performance.now() - due })))
  }
  const answers = await Promise.all(running)
  agent.destroy()
  return answers
}

function post(gatewayUrl: string, agent: Agent, call: Call): Promise<number> {
  return new Promise((resolve) => {
    const url = new URL(call.path, gatewayUrl)
    const outgoing = request(
      url,
      { agent, method: call.method, headers: call.headers ?? {}, timeout: 10_000 },
      (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    outgoing.on('timeout', () => outgoing.destroy())
    outgoing.on('error', () => resolve(0))
    outgoing.end(call.body)
  })
}

type Connection = NonNullable<BenchCompany['connection']> & { readonly id: string }

async function connect(gatewayUrl: string, { accessToken: token }: BenchCompany): Promise<Connection> {
  const body = { name: `Storm ${Date.now()}`, provider: 'generic' }
  const answer = await callApi(gatewayUrl, 'POST', '/v1/telephony/connections', { token, body })
  const path = new URL(String(at(answer, 'webhookUrl')), gatewayUrl).pathname
  return { id: String(at(answer, 'id')), path, secret: String(at(answer, 'secret')) }
}

/** Straight from the tables: all that events decide about a call, ids and times of writing apart. */
async function compare(databaseUrl: string, stormy: string, calm: string): Promise<{ stored: number; calls: number }> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ stored: number; calls: number }>(
      `WITH calls AS (
         SELECT c.connection_id, c.external_id,
           to_jsonb(c) - '{id,company_id,connection_id,digest,version,created_at,updated_at,finalized_at}'::text[] AS call
         FROM telephony.calls c WHERE c.connection_id IN ($1, $2) AND c.merged_into_id IS NULL
       ) SELECT (SELECT count(*)::int FROM telephony.call_events WHERE connection_id = $1) AS stored,
         (SELECT count(*)::int FROM (SELECT * FROM calls WHERE connection_id = $1) a
          FULL JOIN (SELECT * FROM calls WHERE connection_id = $2) b USING (external_id)
          WHERE a.call IS DISTINCT FROM b.call) AS calls`,
      [stormy, calm],
    )
    return rows[0] ?? { stored: 0, calls: -1 }
  } finally {
    await client.end()
  }
}
