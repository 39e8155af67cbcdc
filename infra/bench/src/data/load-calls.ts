import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** Which companies of the fixture have the calls. */
export const QUARTER_COMPANY = 0
export const ONE_YEAR_COMPANY = 1

const histories = [
  { place: QUARTER_COMPANY, days: 90, calls: 200_000 },
  { place: ONE_YEAR_COMPANY, days: 365, calls: 1_000_000 },
] as const

const LONGEST_MS = 300_000

/**
 * Calls straight into the facts of analytics, evenly over the days up to now; half of them in one of two queues, three in four answered.
 * Its own jobs then count the rollups, days first and months after, as they do for facts from before there were any.
 */
export async function loadCalls(databaseUrl: string, companyIds: readonly string[]): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    options: '-c timezone=UTC -c search_path=analytics,extensions',
  })
  await client.connect()
  try {
    for (const { place, days, calls } of histories) {
      const companyId = companyIds[place]
      if (companyId === undefined) throw new RangeError('The overview needs two companies')
      const { rows } = await client.query('SELECT FROM call_facts WHERE company_id = $1 LIMIT 1', [companyId])
      if (rows.length > 0) continue
      await client.query(
        'SELECT cover_months(array_agg(m::date)) FROM generate_series($1::timestamptz, now(), $2) AS m',
        [new Date(Date.now() - (days + 31) * 86_400_000), '1 month'],
      )
      await client.query(insertCalls(days, calls), [companyId])
      for (const query of [insertVisits, insertAgents]) await client.query(query, [companyId])
      const { rowCount } = await client.query(markStale, [companyId])
      if (rowCount !== 1) throw new Error('Analytics has not heard of the company')
    }
    await client.query('VACUUM ANALYZE call_facts, queue_visit_facts, agent_call_facts')
    await waitForRollups(client)
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

const insertCalls = (days: number, calls: number) =>
  `INSERT INTO call_facts (company_id, started_at, call_id, direction, status, queue, agent_id, ended_at, ring_seconds, wait_seconds,
     talk_seconds, hold_seconds, wrap_up_seconds, queue_visits)
   SELECT $1, now() - n * interval '${(days * 86_400) / calls} seconds', gen_random_uuid(),
     (ARRAY['INBOUND', 'INBOUND', 'OUTBOUND'])[1 + n % 3], (ARRAY['COMPLETED', 'COMPLETED', 'COMPLETED', 'ABANDONED'])[1 + n % 4],
     CASE WHEN n % 2 = 0 THEN (ARRAY['sales', 'support'])[1 + n % 4 / 2] END, md5((n % 10)::text)::uuid, now(), 3, n % 61, n % 601, 0, 10,
     CASE WHEN n % 2 = 0 THEN 1 ELSE 0 END
   FROM generate_series(1, ${calls}) AS n`

const insertVisits = `
  INSERT INTO queue_visit_facts (company_id, started_at, call_id, visit, queue, entered_at, outcome, wait_seconds, direction, call_queue)
  SELECT company_id, started_at, call_id, 1, queue, started_at, CASE status WHEN 'COMPLETED' THEN 'answered' ELSE 'abandoned' END,
    wait_seconds, direction, queue FROM call_facts WHERE company_id = $1 AND queue IS NOT NULL`

const insertAgents = `
  INSERT INTO agent_call_facts (company_id, started_at, call_id, agent_id, offered, answered, ring_no_answer, talk_seconds, hold_seconds,
    wrap_up_seconds, direction, call_queue)
  SELECT company_id, started_at, call_id, agent_id, 1, 1, 0, talk_seconds, 0, 10, direction, queue FROM call_facts WHERE company_id = $1`

const markStale = `
  INSERT INTO rollup_zones (company_id, time_zone, stale) SELECT company_id, time_zone, true FROM company_settings WHERE company_id = $1
  ON CONFLICT (company_id) DO UPDATE SET stale = true`

async function waitForRollups(client: pg.Client): Promise<void> {
  for (const endsAt = performance.now() + LONGEST_MS; performance.now() < endsAt; await sleep(1_000)) {
    const { rows } = await client.query(
      `SELECT FROM rollup_zones WHERE stale UNION ALL
       SELECT FROM rolled_months WHERE month < now() - interval '2 days'
         AND (NOT is_rolled OR rolled_until < least((month + interval '1 month')::date, (now() - interval '1 day')::date)) LIMIT 1`,
    )
    if (rows.length === 0) return
  }
  throw new Error('Analytics did not count the calls in time')
}
