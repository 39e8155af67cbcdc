import { SERVICE_LEVEL_SECONDS, SHORT_ABANDON_SECONDS, serviceLevel } from './service-level.ts'

/**
 * The figures of one window of calls as one SQL expression, so that a statement may ask for several windows. Parameters:
 * `$1` company, `$2` time zone, `$3` agent, `$4` queue, `$5` direction (nulls do not filter), `$6` service level formula; the window's edges
 * as given. Each wait is judged by its queue's own threshold; the one shown is that of the queue asked for.
 *
 * A wait is a stay in a queue that was answered or abandoned, or the ringing of an answered call that came in without a queue.
 */
export function overviewExpression(edges: { from: string; to: string }, granularity: Granularity | undefined): string {
  return `(WITH calls AS (
    SELECT c.started_at, c.status, c.direction, c.wait_seconds, c.talk_seconds, c.hold_seconds, c.wrap_up_seconds,
      c.status = 'COMPLETED' AS answered, c.queue_visits > 0 AS queued FROM call_facts c
    WHERE c.company_id = $1 AND c.started_at >= ${edges.from} AND c.started_at < ${edges.to}
      AND ($3::uuid IS NULL OR c.agent_id = $3) AND ($4::text IS NULL OR c.queue = $4) AND ($5::text IS NULL OR c.direction = $5)
  ), waits AS (
    SELECT q.outcome, q.wait_seconds, coalesce(s.threshold_seconds, ${SERVICE_LEVEL_SECONDS}) AS threshold,
      coalesce(s.short_abandon_seconds, ${SHORT_ABANDON_SECONDS}) AS short
    FROM queue_visit_facts q LEFT JOIN queue_settings s ON s.company_id = q.company_id AND s.queue = q.queue
    WHERE q.company_id = $1 AND q.started_at >= ${edges.from} AND q.started_at < ${edges.to}
      AND ($3::uuid IS NULL OR q.call_agent_id = $3) AND ($4::text IS NULL OR (q.call_queue = $4 AND q.queue = $4))
      AND ($5::text IS NULL OR q.direction = $5) AND q.direction <> 'OUTBOUND' AND q.outcome IN ('answered', 'abandoned')
    UNION ALL
    SELECT 'answered', wait_seconds, ${SERVICE_LEVEL_SECONDS}, ${SHORT_ABANDON_SECONDS} FROM calls WHERE answered AND NOT queued AND direction <> 'OUTBOUND'
  ), waited AS (
    SELECT count(*) FILTER (WHERE outcome = 'answered') AS answered,
      count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= threshold) AS in_threshold,
      count(*) FILTER (WHERE outcome = 'abandoned') AS abandoned,
      count(*) FILTER (WHERE outcome = 'abandoned' AND wait_seconds < short) AS short_abandoned,
      round(avg(wait_seconds) FILTER (WHERE outcome = 'answered'), 3) AS asa,
      percentile_cont(ARRAY[0.5, 0.9, 0.95]) WITHIN GROUP (ORDER BY wait_seconds) AS percentiles
    FROM waits
  ), totals AS (
    SELECT count(*) AS total,
      count(*) FILTER (WHERE direction = 'INBOUND') AS inbound,
      count(*) FILTER (WHERE direction = 'OUTBOUND') AS outbound,
      count(*) FILTER (WHERE answered) AS answered,
      count(*) FILTER (WHERE status = 'MISSED') AS missed,
      count(*) FILTER (WHERE status = 'ABANDONED') AS abandoned,
      count(*) FILTER (WHERE queued AND (answered OR status IN ('MISSED', 'ABANDONED'))) AS queued,
      round(avg(talk_seconds + hold_seconds + wrap_up_seconds) FILTER (WHERE answered), 3) AS aht,
      percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY talk_seconds) FILTER (WHERE answered) AS talk
    FROM calls
  )
  SELECT jsonb_build_object(
    'total', t.total, 'inbound', t.inbound, 'outbound', t.outbound,
    'answered', t.answered, 'missed', t.missed, 'abandoned', t.abandoned, 'shortAbandoned', w.short_abandoned,
    'answerRate', round(t.answered::numeric / nullif(t.total, 0), 4),
    'abandonRate', round(t.abandoned::numeric / nullif(t.queued, 0), 4),
    'serviceLevel', (SELECT ${serviceLevel('$6', shownThreshold)} FROM waited),
    'asaSeconds', w.asa, 'ahtSeconds', t.aht,
    'wait', jsonb_build_object('p50', ${rounded('w.percentiles[1]')}, 'p90', ${rounded('w.percentiles[2]')}, 'p95', ${rounded('w.percentiles[3]')}),
    'talk', jsonb_build_object('p50', ${rounded('t.talk[1]')}, 'p95', ${rounded('t.talk[2]')}),
    'percentiles', jsonb_build_object('method', 'exact', 'maxRelativeError', 0)
  )${granularity === undefined ? '' : ` || jsonb_build_object('byHour', ${byHour}, 'series', ${seriesBy[granularity](edges)})`}
  FROM totals t, waited w)`
}

export type Granularity = 'hour' | 'day'

const shownThreshold = `coalesce((SELECT s.threshold_seconds FROM queue_settings s WHERE s.company_id = $1 AND s.queue = $4), ${SERVICE_LEVEL_SECONDS})`

function rounded(percentile: string): string {
  return `round(${percentile}::numeric, 3)`
}

/** Calls are counted by bucket before the buckets without any are added: the join is of two short lists, whatever its plan. */
function filled(buckets: string, bucketOf: string): string {
  return `(
    SELECT b.bucket, coalesce(n.total, 0) AS total, coalesce(n.answered, 0) AS answered, coalesce(n.abandoned, 0) AS abandoned,
      coalesce(n.missed, 0) AS missed
    FROM ${buckets} AS b(bucket) LEFT JOIN (
      SELECT ${bucketOf} AS bucket, count(*) AS total, count(*) FILTER (WHERE answered) AS answered,
        count(*) FILTER (WHERE status = 'ABANDONED') AS abandoned, count(*) FILTER (WHERE status = 'MISSED') AS missed
      FROM calls GROUP BY 1
    ) n ON n.bucket = b.bucket)`
}

const byHour = `(
  SELECT jsonb_agg(jsonb_build_object('hour', h.bucket, 'total', h.total, 'answered', h.answered, 'abandoned', h.abandoned, 'missed', h.missed) ORDER BY h.bucket)
  FROM ${filled('generate_series(0, 23)', 'extract(hour FROM started_at AT TIME ZONE $2)::integer')} h)`

/** Days and hours without a call are in the series too, as zeros. */
function series(buckets: string, bucketOf: string, label: string): string {
  return `(
  SELECT coalesce(jsonb_agg(jsonb_build_object('start', ${label}, 'total', s.total, 'answered', s.answered, 'missed', s.missed, 'abandoned', s.abandoned) ORDER BY s.bucket), '[]')
  FROM ${filled(buckets, bucketOf)} s)`
}

/** A day is its date in the company's time zone; an hour is the instant it starts at, so that the two equal hours of an autumn night stay apart.
 * Half hours are looked at, since some clocks are turned by that much. */
const seriesBy: Readonly<Record<Granularity, (edges: { from: string; to: string }) => string>> = {
  day: ({ from, to }) =>
    series(
      `(SELECT day::date FROM generate_series((${from} AT TIME ZONE $2)::date::timestamp, ((${to} - interval '1 ms') AT TIME ZONE $2)::date::timestamp, interval '1 day') AS day)`,
      '(started_at AT TIME ZONE $2)::date',
      's.bucket',
    ),
  hour: ({ from, to }) =>
    series(
      `(SELECT DISTINCT date_trunc('hour', half, $2) FROM generate_series(date_trunc('hour', ${from}, $2), ${to} - interval '1 ms', interval '30 minutes') AS half)`,
      `date_trunc('hour', started_at, $2)`,
      'iso(s.bucket)',
    ),
}
