import { setTimeout as sleep } from 'node:timers/promises'
import { callEnded, sampleOf } from '@dealwire/contracts'
import pg from 'pg'
import { cpuSince, cpuTimes } from '../cpu.ts'
import type { BenchCompany } from '../fixture.ts'
import type { Measured } from '../report.ts'
import type { EventLoad } from './event-loads.ts'

const BACKLOG = 50_000
const WARM_UP = 2_000
const TICK_MS = 20
const POLL_MS = 5
const LONGEST_MS = 120_000

type Place = { readonly databaseUrl: string; readonly pids: Readonly<Record<string, number>> }
type Company = Pick<BenchCompany, 'id' | 'userId'>

/**
 * Writes events into telephony's log and watches analytics count them. An event's delay ends when a poll sees as many events in the
 * figures as were logged up to it: at most a poll too long, never too short, while nothing else is published. A backlog waits on the stream
 * until everybody else is done with it: analytics has the machine to itself then.
 */
export async function measureEvents(
  load: EventLoad,
  place: Place,
  companies: readonly Company[],
  seconds: number,
): Promise<Measured> {
  const [writer, reader] = await Promise.all([connect(place.databaseUrl), connect(place.databaseUrl)])
  try {
    const write = (count: number) => writeEvents(writer, companies, count)
    const before = await quiet(() => countProjected(reader))
    await write(WARM_UP)
    const start = await waitFor(reader, before + WARM_UP)
    if (load.perSecond === undefined) return await workOff(write, reader, place, start)
    const cpu = cpuTimes(place.pids)
    const total = load.perSecond * seconds
    const [loggedAt, seenAt] = await Promise.all([
      writeAll(write, total, load.perSecond),
      watchUntil(reader, start, total),
    ])
    const delays = loggedAt.map((at, index) => (seenAt[index] ?? Number.POSITIVE_INFINITY) - at).sort((a, b) => a - b)
    const percentile = (share: number) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? 0
    const elapsed = (seenAt.at(-1) ?? 0) - (loggedAt[0] ?? 0)
    const percentiles = { p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) }
    const result = {
      requests: total,
      perSecond: (total * 1_000) / elapsed,
      ...percentiles,
      errors: 0,
      firstError: null,
    }
    return { result, cpu: cpuSince(cpu, cpuTimes(place.pids)) }
  } finally {
    await Promise.all([writer.end(), reader.end()])
  }
}

async function workOff(
  write: (count: number) => Promise<void>,
  reader: pg.Client,
  { pids }: Place,
  from: number,
): Promise<Measured> {
  const analytics = pids['analytics']
  if (analytics === undefined) throw new Error('Analytics is not running')
  process.kill(analytics, 'SIGSTOP')
  try {
    await write(BACKLOG)
    await quiet(() => countReceived(reader))
  } finally {
    process.kill(analytics, 'SIGCONT')
  }
  const cpu = cpuTimes(pids)
  const startedAt = performance.now()
  await watchUntil(reader, from, BACKLOG)
  const elapsed = performance.now() - startedAt
  const result = { requests: BACKLOG, perSecond: (BACKLOG * 1_000) / elapsed, p50: 0, p95: 0, p99: 0, errors: 0 }
  return { result: { ...result, firstError: null }, cpu: cpuSince(cpu, cpuTimes(pids)) }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, options: '-c timezone=UTC' })
  await client.connect()
  return client
}

/** When each event was logged. */
async function writeAll(write: (count: number) => Promise<void>, total: number, perSecond: number): Promise<number[]> {
  const loggedAt: number[] = []
  const note = (count: number) => {
    const now = performance.now()
    for (let n = 0; n < count; n++) loggedAt.push(now)
  }
  const perTick = (perSecond * TICK_MS) / 1_000
  const startedAt = performance.now()
  for (let tick = 1; loggedAt.length < total; tick++) {
    note(perTick)
    await write(perTick)
    await sleep(Math.max(0, startedAt + tick * TICK_MS - performance.now()))
  }
  return loggedAt
}

/** Every call its own, ended just now, in turn by company and agent; as telephony would tell of them. */
const insertEvents = `
  INSERT INTO telephony.event_log (company_id, occurred_at, event_id, type, entity_id, entity_version, correlation_id, data)
  SELECT company, now(), gen_random_uuid(), 'crm.telephony.call.ended', call, 1, 'bench',
    jsonb_build_object('call', $2::jsonb || jsonb_build_object('id', call, 'startedAt', started, 'answeredAt', started, 'endedAt', started,
      'agentId', agent, 'waitSeconds', n % 40, 'talkSeconds', n % 300,
      'queueVisits', jsonb_build_array($3::jsonb || jsonb_build_object('enteredAt', started, 'waitSeconds', n % 40, 'agentId', agent)),
      'agentSegments', jsonb_build_array($4::jsonb || jsonb_build_object('seconds', n % 300, 'agentId', agent))))
  FROM generate_series(1, $5::integer) AS n,
    LATERAL (SELECT ($1::uuid[])[1 + n % cardinality($1::uuid[])] AS company, gen_random_uuid() AS call,
      telephony.iso(now() - make_interval(secs => n % 3600)) AS started, ($6::uuid[])[1 + n % cardinality($6::uuid[])] AS agent) made`

const { call } = sampleOf(callEnded.data, 'output') as { call: Record<string, unknown> }
const sample = { ...call, status: 'COMPLETED', queue: 'sales', contactId: null, customerId: null, flags: [] }
const visit = { ...(call['queueVisits'] as object[])[0], queue: 'sales', outcome: 'answered' }
const segment = { ...(call['agentSegments'] as object[])[0], kind: 'talk' }

async function writeEvents(client: pg.Client, companies: readonly Company[], count: number): Promise<void> {
  const ids = companies.map(({ id }) => id)
  const values = [
    ids,
    JSON.stringify(sample),
    JSON.stringify(visit),
    JSON.stringify(segment),
    count,
    companies.map(({ userId }) => userId),
  ]
  await client.query({ name: 'bench_events', text: insertEvents, values })
  await client.query(`SELECT pg_notify('telephony_event_log', '')`)
}

async function countProjected(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: string }>({
    name: 'bench_progress',
    text: `SELECT coalesce(sum(applied_events), 0) AS n FROM analytics.projection_progress WHERE consumer = 'analytics'`,
  })
  return Number(rows[0]?.n ?? 0)
}

/** What every service has taken from the stream or put on it. */
async function countReceived(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: string }>(
    `SELECT (SELECT count(*) FROM identity.inbox) + (SELECT count(*) FROM deals.inbox) + (SELECT count(*) FROM inventory.inbox)
       + (SELECT count(*) FROM telephony.inbox) + (SELECT sum(seq) FROM telephony.relay_cursor) AS n`,
  )
  return Number(rows[0]?.n ?? 0)
}

/** The count once it has not changed for two seconds: nothing of what was measured before is still on its way. */
async function quiet(count: () => Promise<number>): Promise<number> {
  let last = -1
  for (let same = 0, waited = 0; same < 10 && waited < LONGEST_MS / 200; waited++) {
    const now = await count()
    same = now === last ? same + 1 : 0
    last = now
    await sleep(200)
  }
  return last
}

async function waitFor(client: pg.Client, count: number): Promise<number> {
  for (const endsAt = performance.now() + LONGEST_MS; performance.now() < endsAt; await sleep(POLL_MS)) {
    const now = await countProjected(client)
    if (now >= count) return now
  }
  throw new Error('Analytics did not project the events in time')
}

/** When each further event was first seen in the figures. */
async function watchUntil(client: pg.Client, from: number, total: number): Promise<number[]> {
  const seenAt: number[] = []
  for (const endsAt = performance.now() + LONGEST_MS; seenAt.length < total; await sleep(POLL_MS)) {
    if (performance.now() > endsAt) throw new Error('Analytics did not project the events in time')
    const seen = (await countProjected(client)) - from
    const now = performance.now()
    while (seenAt.length < seen) seenAt.push(now)
  }
  return seenAt
}
