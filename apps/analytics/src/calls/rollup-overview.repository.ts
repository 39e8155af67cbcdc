import { keptDays, keptHistograms, keptHours, monthsWithin } from './month-rollups.repository.ts'
import {
  callHours,
  callsOf,
  histograms,
  MAX_RELATIVE_ERROR,
  type Rollup,
  secondsIn,
  waitDays,
  waitsOf,
} from './rollup-rows.repository.ts'
import { SERVICE_LEVEL_SECONDS, serviceLevel } from './service-level.ts'

/**
 * Places of the parameters of one window: the whole days within, and its edges where the facts are asked too: for percentiles that are exact
 * while all of its calls are kept, and for the days that it cuts. Without them no partition of calls is named, and the statement is planned
 * in a fraction of the time.
 */
export type RollupWindow = {
  readonly firstDay: string
  readonly endDay: string
  readonly exact: Edges | undefined
  readonly cut: (Edges & { readonly wholeFrom: string; readonly wholeTo: string }) | undefined
}

type Edges = { readonly from: string; readonly to: string }

/** Whole days as they were kept, and the hours before and after them from the facts. */
function parts(rollup: Rollup, kept: string, { cut }: RollupWindow): string {
  return cut === undefined
    ? kept
    : `SELECT * FROM (${kept}) kept UNION ALL SELECT ${columnsOf(rollup)} FROM (${rollup.rows}) made`
}

const columnsOf = ({ key, sums }: Rollup) =>
  ['day', ...key.filter((column) => column !== 'day'), ...sums].filter((column) => column !== 'company_id').join(', ')

const keptWaits = ({ firstDay, endDay }: RollupWindow) =>
  `SELECT ${columnsOf(waitDays)} FROM ${waitDays.table} WHERE company_id = $1 AND day >= ${firstDay}::date AND day < ${endDay}::date`

/** Calls of the days that the window cuts. */
function cutDays({ from, to, wholeFrom, wholeTo }: NonNullable<RollupWindow['cut']>): string {
  const before = (facts: string) =>
    `${facts} c WHERE c.company_id = $1 AND c.started_at >= ${from}::timestamptz AND c.started_at < ${wholeFrom}::timestamptz`
  const after = (facts: string) =>
    `${facts} c WHERE c.company_id = $1 AND c.started_at >= ${wholeTo}::timestamptz AND c.started_at < ${to}::timestamptz`
  const visits = `(SELECT * FROM ${before('queue_visit_facts')} UNION ALL SELECT * FROM ${after('queue_visit_facts')})`
  return `, calls AS MATERIALIZED (
    ${callsOf(before('call_facts'), '$2')} UNION ALL ${callsOf(after('call_facts'), '$2')}
  ), waits AS MATERIALIZED (${waitsOf(visits)})`
}

/** An object of percentiles: between the two closest ranks, as percentile_cont has it, of values that are known to 5 %. */
export function percentiles(counts: string, percents: readonly number[]): string {
  const at = (rank: string) =>
    `(SELECT ${secondsIn('bucket')} AS seconds FROM ${counts} WHERE upto > ${rank} ORDER BY bucket LIMIT 1)`
  return `(SELECT jsonb_object_agg('p' || percent, round((low.seconds + (high.seconds - low.seconds) * (r - floor(r)))::numeric, 3))
    FROM (SELECT percent, percent / 100.0 * (SELECT max(upto) - 1 FROM ${counts}) AS r FROM unnest(ARRAY[${percents.join(', ')}]) AS percent) ranked
    LEFT JOIN LATERAL ${at('floor(r)')} low ON true LEFT JOIN LATERAL ${at('ceil(r)')} high ON true)`
}

const within = ({ from, to }: Edges) =>
  `company_id = $1 AND started_at >= ${from}::timestamptz AND started_at < ${to}::timestamptz AND ($5::text IS NULL OR direction = $5)`

const waitsWithin = (edges: Edges) => `
  SELECT wait_seconds FROM queue_visit_facts WHERE ${within(edges)} AND direction <> 'OUTBOUND' AND outcome IN ('answered', 'abandoned')
    AND ($4::text IS NULL OR (call_queue = $4 AND queue = $4))
  UNION ALL
  SELECT wait_seconds FROM call_facts WHERE ${within(edges)} AND direction <> 'OUTBOUND' AND status = 'COMPLETED' AND queue_visits = 0
    AND ($4::text IS NULL OR queue = $4)`

const talksWithin = (edges: Edges) =>
  `SELECT talk_seconds FROM call_facts WHERE ${within(edges)} AND status = 'COMPLETED' AND ($4::text IS NULL OR queue = $4)`

function exactly(column: string, seconds: string, percents: readonly number[]): string {
  const shares = percents.map((percent) => percent / 100)
  const members = percents.map((percent, index) => `'p${percent}', round(p[${index + 1}]::numeric, 3)`)
  return `(SELECT jsonb_build_object(${members.join(', ')}) FROM (
    SELECT percentile_cont(ARRAY[${shares.join(', ')}]) WITHIN GROUP (ORDER BY ${column}) AS p FROM (${seconds}) s) ranked)`
}

/** Retention has dropped none of the window's calls. */
const isKept = ({ from }: Edges) =>
  `NOT EXISTS (SELECT FROM rollup_zones WHERE company_id = $1 AND kept_from > ${from}::timestamptz)`

function percentileMembers({ exact }: RollupWindow): string {
  const estimated = `jsonb_build_object('wait', ${percentiles('wait', [50, 90, 95])}, 'talk', ${percentiles('talk', [50, 95])},
    'percentiles', jsonb_build_object('method', 'histogram', 'maxRelativeError', ${MAX_RELATIVE_ERROR}))`
  if (exact === undefined) return estimated
  return `CASE WHEN ${isKept(exact)} THEN jsonb_build_object(
    'wait', ${exactly('wait_seconds', waitsWithin(exact), [50, 90, 95])}, 'talk', ${exactly('talk_seconds', talksWithin(exact), [50, 95])},
    'percentiles', jsonb_build_object('method', 'exact', 'maxRelativeError', 0)) ELSE ${estimated} END`
}

/** As the expression over facts, with the same parameters but for the agent, by whom rollups are not kept. */
export function rollupOverviewExpression(window: RollupWindow, withSeries: boolean): string {
  return `(WITH ${monthsWithin(window.firstDay, window.endDay)}${window.cut === undefined ? '' : cutDays(window.cut)}, hours AS (
    SELECT hour, direction, sum(total) AS total, sum(answered) AS answered, sum(missed) AS missed, sum(abandoned) AS abandoned,
      sum(queued) AS queued, sum(handled_seconds) AS handled_seconds
    FROM (${parts(callHours, keptHours, window)}) whole WHERE ($4::text IS NULL OR queue = $4) AND ($5::text IS NULL OR direction = $5)
    GROUP BY hour, direction
  ), waited AS (
    SELECT coalesce(sum(answered), 0) AS answered, coalesce(sum(in_threshold), 0) AS in_threshold, coalesce(sum(abandoned), 0) AS abandoned,
      coalesce(sum(short_abandoned), 0) AS short_abandoned, round(sum(answered_wait_seconds) / nullif(sum(answered), 0), 3) AS asa
    FROM (${parts(waitDays, keptWaits(window), window)}) whole
    WHERE direction <> 'OUTBOUND' AND ($4::text IS NULL OR (queue = $4 AND place <> 'passed')) AND ($5::text IS NULL OR direction = $5)
  ), buckets AS MATERIALIZED (
    SELECT kind, bucket, sum(sum(calls)) OVER (PARTITION BY kind ORDER BY bucket) AS upto
    FROM (${parts(histograms, keptHistograms, window)}) whole
    WHERE (kind = 'talk' OR direction <> 'OUTBOUND') AND ($4::text IS NULL OR (queue = $4 AND place <> 'passed'))
      AND ($5::text IS NULL OR direction = $5)
    GROUP BY kind, bucket HAVING sum(calls) <> 0
  ), wait AS (SELECT * FROM buckets WHERE kind = 'wait'), talk AS (SELECT * FROM buckets WHERE kind = 'talk'),
  totals AS (
    SELECT coalesce(sum(total), 0) AS total, coalesce(sum(total) FILTER (WHERE direction = 'INBOUND'), 0) AS inbound,
      coalesce(sum(total) FILTER (WHERE direction = 'OUTBOUND'), 0) AS outbound, coalesce(sum(answered), 0) AS answered,
      coalesce(sum(missed), 0) AS missed, coalesce(sum(abandoned), 0) AS abandoned, coalesce(sum(queued), 0) AS queued,
      round(sum(handled_seconds) / nullif(sum(answered), 0), 3) AS aht
    FROM hours
  )
  SELECT jsonb_build_object(
    'total', t.total, 'inbound', t.inbound, 'outbound', t.outbound,
    'answered', t.answered, 'missed', t.missed, 'abandoned', t.abandoned, 'shortAbandoned', w.short_abandoned,
    'answerRate', round(t.answered::numeric / nullif(t.total, 0), 4),
    'abandonRate', round(t.abandoned::numeric / nullif(t.queued, 0), 4),
    'serviceLevel', (SELECT ${serviceLevel('$6', `coalesce((SELECT s.threshold_seconds FROM queue_settings s WHERE s.company_id = $1 AND s.queue = $4), ${SERVICE_LEVEL_SECONDS})`)} FROM waited),
    'asaSeconds', w.asa, 'ahtSeconds', t.aht
  ) || ${percentileMembers(window)}${withSeries ? ` || jsonb_build_object('byHour', ${byHour}, 'series', ${series(window)})` : ''}
  FROM totals t, waited w)`
}

const counts = 'sum(total) AS total, sum(answered) AS answered, sum(abandoned) AS abandoned, sum(missed) AS missed'
const figures = ['total', 'answered', 'abandoned', 'missed']
  .map((name) => `'${name}', coalesce(n.${name}, 0)`)
  .join(', ')

const byHour = `(SELECT jsonb_agg(jsonb_build_object('hour', b.hour, ${figures}) ORDER BY b.hour)
    FROM generate_series(0, 23) AS b(hour) LEFT JOIN (SELECT hour, ${counts} FROM hours GROUP BY hour) n ON n.hour = b.hour)`

function series({ firstDay, endDay, cut }: RollupWindow): string {
  const edges =
    cut === undefined
      ? `${firstDay}::date::timestamp, (${endDay}::date - 1)`
      : `(${cut.from}::timestamptz AT TIME ZONE $2)::date::timestamp, ((${cut.to}::timestamptz - interval '1 ms') AT TIME ZONE $2)::date`
  const made = `UNION ALL SELECT day, queue, direction, total, answered, missed, abandoned FROM (${callHours.rows}) made`
  return `(SELECT coalesce(jsonb_agg(jsonb_build_object('start', b.day, ${figures}) ORDER BY b.day), '[]')
    FROM (SELECT day::date FROM generate_series(${edges}::timestamp, interval '1 day') AS day) b
    LEFT JOIN (
      SELECT day, ${counts} FROM (${keptDays} ${cut === undefined ? '' : made}) whole
      WHERE ($4::text IS NULL OR queue = $4) AND ($5::text IS NULL OR direction = $5) GROUP BY day
    ) n ON n.day = b.day)`
}
