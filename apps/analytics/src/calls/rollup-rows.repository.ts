import { SERVICE_LEVEL_SECONDS, SHORT_ABANDON_SECONDS } from './service-level.ts'

/**
 * How calls become rows of the rollups, as SQL over the relations `calls` (call_facts and `local`, the start on the company's clocks)
 * and `waits`. The same text keeps the rollups, counts them anew, and answers the days that a window cuts.
 */
export const callsOf = (source: string, timeZone: string) =>
  `SELECT c.*, c.started_at AT TIME ZONE ${timeZone} AS local FROM ${source}`

/** Of `visits`: the calls' own, and of others as few as may be, since how they are joined is the planner's choice. */
export const waitsOf = (visits: string) => `
  SELECT c.company_id, c.local::date AS day, v.queue, c.direction, CASE WHEN c.queue = v.queue THEN 'final' ELSE 'passed' END AS place,
    v.outcome, v.wait_seconds, coalesce(s.threshold_seconds, ${SERVICE_LEVEL_SECONDS}) AS threshold,
    coalesce(s.short_abandon_seconds, ${SHORT_ABANDON_SECONDS}) AS short
  FROM calls c JOIN ${visits} v USING (company_id, started_at, call_id)
  LEFT JOIN queue_settings s ON s.company_id = v.company_id AND s.queue = v.queue
  UNION ALL
  SELECT company_id, local::date, coalesce(queue, ''), direction, 'direct', 'answered', wait_seconds, ${SERVICE_LEVEL_SECONDS}, ${SHORT_ABANDON_SECONDS}
  FROM calls WHERE status = 'COMPLETED' AND queue_visits = 0`

const bucketOf = (seconds: string) =>
  `CASE WHEN ${seconds} <= 0.5 THEN 0 ELSE ceil(ln(${seconds}::float8 / 0.5) / ln(1.105)) END::smallint`

/** The value that is within 5 % of all that a bucket may hold. */
export const secondsIn = (bucket: string) =>
  `CASE ${bucket} WHEN 0 THEN 0.25 ELSE power(1.105::float8, ${bucket}) / 2.105 END`

export const MAX_RELATIVE_ERROR = 0.05

export type Rollup = {
  readonly table: string
  readonly key: readonly string[]
  readonly sums: readonly string[]
  /** Gives the key and the sums. */
  readonly rows: string
}

export const callHours: Rollup = {
  table: 'call_hour_rollups',
  key: ['company_id', 'day', 'hour', 'queue', 'direction'],
  sums: ['total', 'answered', 'missed', 'abandoned', 'queued', 'handled_seconds'],
  rows: `
  SELECT company_id, local::date AS day, extract(hour FROM local)::smallint AS hour, coalesce(queue, '') AS queue, direction,
    count(*) AS total, count(*) FILTER (WHERE status = 'COMPLETED') AS answered, count(*) FILTER (WHERE status = 'MISSED') AS missed,
    count(*) FILTER (WHERE status = 'ABANDONED') AS abandoned,
    count(*) FILTER (WHERE queue_visits > 0 AND status IN ('COMPLETED', 'MISSED', 'ABANDONED')) AS queued,
    coalesce(sum(talk_seconds + hold_seconds + wrap_up_seconds) FILTER (WHERE status = 'COMPLETED'), 0) AS handled_seconds
  FROM calls GROUP BY 1, 2, 3, 4, 5`,
}

export const waitDays: Rollup = {
  table: 'wait_day_rollups',
  key: ['company_id', 'day', 'queue', 'direction', 'place'],
  sums: ['entered', 'answered', 'in_threshold', 'abandoned', 'short_abandoned', 'answered_wait_seconds'],
  rows: `
  SELECT company_id, day, queue, direction, place, count(*) AS entered, count(*) FILTER (WHERE outcome = 'answered') AS answered,
    count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= threshold) AS in_threshold,
    count(*) FILTER (WHERE outcome = 'abandoned') AS abandoned,
    count(*) FILTER (WHERE outcome = 'abandoned' AND wait_seconds < short) AS short_abandoned,
    coalesce(sum(wait_seconds) FILTER (WHERE outcome = 'answered'), 0) AS answered_wait_seconds
  FROM waits GROUP BY 1, 2, 3, 4, 5`,
}

export const histograms: Rollup = {
  table: 'seconds_day_histograms',
  key: ['company_id', 'kind', 'day', 'queue', 'direction', 'place', 'bucket'],
  sums: ['calls'],
  rows: `
  SELECT company_id, 'wait' AS kind, day, queue, direction, place, ${bucketOf('wait_seconds')} AS bucket, count(*) AS calls
  FROM waits WHERE outcome <> 'left' GROUP BY 1, 2, 3, 4, 5, 6, 7
  UNION ALL
  SELECT company_id, 'talk', local::date, coalesce(queue, ''), direction, 'final', ${bucketOf('talk_seconds')}, count(*)
  FROM calls WHERE status = 'COMPLETED' GROUP BY 1, 2, 3, 4, 5, 6, 7`,
}

export const agentDays: Rollup = {
  table: 'agent_day_rollups',
  key: ['company_id', 'day', 'agent_id', 'queue', 'direction'],
  sums: ['offered', 'answered', 'ring_no_answer', 'talk_seconds', 'hold_seconds', 'wrap_up_seconds'],
  rows: `
  SELECT company_id, c.local::date AS day, a.agent_id, coalesce(c.queue, '') AS queue, c.direction, sum(a.offered) AS offered,
    sum(a.answered) AS answered, sum(a.ring_no_answer) AS ring_no_answer, sum(a.talk_seconds) AS talk_seconds,
    sum(a.hold_seconds) AS hold_seconds, sum(a.wrap_up_seconds) AS wrap_up_seconds
  FROM calls c JOIN agent_call_facts a USING (company_id, started_at, call_id) GROUP BY 1, 2, 3, 4, 5`,
}

export const rollups = [callHours, waitDays, histograms, agentDays] as const

/** Adds rows to a rollup, or with sign -1 takes them off; in one order, so that two batches wait for each other instead of deadlocking. */
export function addTo({ table, key, sums, rows }: Rollup, sign: string): string {
  return `INSERT INTO ${table} AS kept (${[...key, ...sums].join(', ')})
   SELECT ${key.join(', ')}, ${sums.map((sum) => `${sign} * ${sum}`).join(', ')} FROM (${rows}) made ORDER BY ${key.join(', ')}
   ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${sums.map((sum) => `${sum} = kept.${sum} + EXCLUDED.${sum}`).join(', ')}`
}
