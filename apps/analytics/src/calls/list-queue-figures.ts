import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { ownAgent } from '../directory/scope.ts'
import { type GroupPage, groupList, groupListIf } from '../windows/list-groups.ts'
import { isLong, type Window } from '../windows/window.ts'
import { rollupsCount } from './call-rollups.repository.ts'
import type { GroupFilters } from './list-agent-figures.ts'
import { keptHistograms, monthsWithin } from './month-rollups.repository.ts'
import { rollupDays } from './rollup-days.ts'
import { percentiles } from './rollup-overview.repository.ts'
import { MAX_RELATIVE_ERROR } from './rollup-rows.repository.ts'
import {
  SERVICE_LEVEL_SECONDS,
  type ServiceLevelFormula,
  SHORT_ABANDON_SECONDS,
  serviceLevel,
} from './service-level.ts'

const rounded = (index: number) => `round(percentiles[${index}]::numeric, 3)`

const queues = groupList({
  name: 'queue_figures',
  parameters: 7,
  rows: `
     SELECT md5(queue)::uuid AS id, queue AS sort, jsonb_build_object('queue', queue, 'entered', entered, 'answered', answered,
       'abandoned', abandoned, 'serviceLevel', ${serviceLevel(`coalesce($7, CASE WHEN include_abandoned THEN 'excluding_short_abandoned' ELSE 'answered_only' END)`, 'threshold')},
       'asaSeconds', asa, 'wait', jsonb_build_object('p50', ${rounded(1)}, 'p90', ${rounded(2)}, 'p95', ${rounded(3)})) AS item
     FROM (
       SELECT queue, min(threshold) AS threshold, bool_and(include_abandoned) AS include_abandoned, count(*) AS entered,
         count(*) FILTER (WHERE outcome = 'answered') AS answered, count(*) FILTER (WHERE outcome = 'abandoned') AS abandoned,
         count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= threshold) AS in_threshold,
         count(*) FILTER (WHERE outcome = 'abandoned' AND wait_seconds < short) AS short_abandoned,
         round(avg(wait_seconds) FILTER (WHERE outcome = 'answered'), 3) AS asa,
         percentile_cont(ARRAY[0.5, 0.9, 0.95]) WITHIN GROUP (ORDER BY wait_seconds) FILTER (WHERE outcome <> 'left') AS percentiles
       FROM (
         SELECT q.queue, q.outcome, q.wait_seconds, coalesce(s.threshold_seconds, ${SERVICE_LEVEL_SECONDS}) AS threshold,
           coalesce(s.short_abandon_seconds, ${SHORT_ABANDON_SECONDS}) AS short, coalesce(s.include_abandoned, true) AS include_abandoned
         FROM queue_visit_facts q LEFT JOIN queue_settings s ON s.company_id = q.company_id AND s.queue = q.queue
         WHERE q.company_id = $1 AND q.started_at >= $5::timestamptz AND q.started_at < $6::timestamptz
           AND ($2::uuid IS NULL OR q.agent_id = $2) AND ($3::text IS NULL OR q.queue = $3) AND ($4::text IS NULL OR q.direction = $4)
       ) visits GROUP BY queue
     ) f`,
})

const settings = (column: string, fallback: string | number) =>
  `coalesce((SELECT s.${column} FROM queue_settings s WHERE s.company_id = $1 AND s.queue = f.queue), ${fallback})`

const queuesByDay = groupListIf({
  name: 'queue_figures_by_day',
  parameters: 7,
  isUsable: rollupsCount('$7'),
  rows: `
     WITH ${monthsWithin('$4', '$5')}, histogram AS MATERIALIZED (
       SELECT queue, bucket, sum(calls) AS calls FROM (${keptHistograms}) kept
       WHERE kind = 'wait' AND place <> 'direct' AND ($3::text IS NULL OR direction = $3) AND ($2::text IS NULL OR queue = $2)
       GROUP BY queue, bucket HAVING sum(calls) <> 0
     )
     SELECT md5(queue)::uuid AS id, queue AS sort, jsonb_build_object('queue', queue, 'entered', entered, 'answered', answered,
       'abandoned', abandoned, 'serviceLevel', ${serviceLevel(`coalesce($6, CASE WHEN ${settings('include_abandoned', 'true')} THEN 'excluding_short_abandoned' ELSE 'answered_only' END)`, settings('threshold_seconds', SERVICE_LEVEL_SECONDS))},
       'asaSeconds', asa, 'wait', (
         WITH buckets AS MATERIALIZED (
           SELECT bucket, sum(calls) OVER (ORDER BY bucket) AS upto FROM histogram h WHERE h.queue = f.queue
         )
         SELECT ${percentiles('buckets', [50, 90, 95])})) AS item
     FROM (
       SELECT queue, sum(entered) AS entered, sum(answered) AS answered, sum(abandoned) AS abandoned, sum(in_threshold) AS in_threshold,
         sum(short_abandoned) AS short_abandoned, round(sum(answered_wait_seconds) / nullif(sum(answered), 0), 3) AS asa
       FROM wait_day_rollups
       WHERE company_id = $1 AND day >= $4::date AND day < $5::date AND place <> 'direct'
         AND ($2::text IS NULL OR queue = $2) AND ($3::text IS NULL OR direction = $3)
       GROUP BY queue HAVING sum(entered) > 0
     ) f`,
})

const exact = '{"method":"exact","maxRelativeError":0}'
const estimated = `{"method":"histogram","maxRelativeError":${MAX_RELATIVE_ERROR}}`

/** A page of queues with the stays in them; with an agent, only those that the agent ended. */
export async function listQueueFigures(
  executor: Executor,
  actor: Actor,
  window: Window,
  input: GroupFilters & Omit<GroupPage, 'of'> & { readonly formula?: ServiceLevelFormula | undefined },
): Promise<string> {
  const agentId = ownAgent(actor, input.agentId)
  const filters = [input.queue ?? null, input.direction ?? null]
  const formula = input.formula ?? null
  const days = agentId === null && isLong(window) ? rollupDays(window) : undefined
  const daily = days && [actor.companyId, ...filters, days.firstDay, days.endDay, formula, window.timeZone]
  const values = [actor.companyId, agentId, ...filters, window.from, window.to, formula]
  const listed = { ...input, of: ['queues', ...values] }
  const byDay = daily && (await queuesByDay(executor, daily, listed))
  const page = byDay ?? (await queues(executor, values, listed))
  return `${page.slice(0, -1)},"percentiles":${byDay === undefined ? exact : estimated}}`
}
