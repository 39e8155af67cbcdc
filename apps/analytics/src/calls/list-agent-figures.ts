import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { ownAgent } from '../directory/scope.ts'
import { type GroupPage, groupList, groupListIf } from '../windows/list-groups.ts'
import type { Window } from '../windows/window.ts'
import { rollupsCount } from './call-rollups.repository.ts'
import { keptAgents, monthsWithin } from './month-rollups.repository.ts'
import { rollupDays } from './rollup-days.ts'

export type GroupFilters = {
  readonly queue?: string | undefined
  readonly agentId?: string | undefined
  readonly direction?: string | undefined
}

/** Both sources have the same columns under the same names. */
const rowsOf = (source: string, queue: string, within: string) => `
     SELECT f.agent_id AS id, coalesce(u.name, '') AS sort, jsonb_build_object('agentId', f.agent_id, 'name', u.name,
       'offered', f.offered, 'answered', f.answered, 'ringNoAnswer', f.ring_no_answer, 'talkSeconds', f.talk, 'holdSeconds', f.hold,
       'wrapUpSeconds', f.wrap_up, 'ahtSeconds', round((f.talk + f.hold + f.wrap_up) / nullif(f.answered, 0), 3)) AS item
     FROM (
       SELECT agent_id, sum(offered) AS offered, sum(answered) AS answered, sum(ring_no_answer) AS ring_no_answer,
         sum(talk_seconds) AS talk, sum(hold_seconds) AS hold, sum(wrap_up_seconds) AS wrap_up
       FROM ${source}
       WHERE ${within}
         AND ($2::uuid IS NULL OR agent_id = $2) AND ($3::text IS NULL OR ${queue} = $3) AND ($4::text IS NULL OR direction = $4)
       GROUP BY agent_id HAVING sum(offered) > 0 OR sum(answered) > 0 OR sum(hold_seconds + wrap_up_seconds) > 0
     ) f LEFT JOIN user_refs u ON u.company_id = $1 AND u.id = f.agent_id`

const agents = groupList({
  name: 'agent_figures',
  rows: rowsOf(
    'agent_call_facts',
    'call_queue',
    'company_id = $1 AND started_at >= $5::timestamptz AND started_at < $6::timestamptz',
  ),
  parameters: 6,
})
const agentsByDay = groupListIf({
  name: 'agent_figures_by_day',
  rows: rowsOf(`(WITH ${monthsWithin('$5', '$6')} ${keptAgents}) kept`, 'queue', 'true'),
  parameters: 7,
  isUsable: rollupsCount('$7'),
})

/** A page of agents with what they did in the window; of those who took part in no call there is nothing to tell. */
export async function listAgentFigures(
  executor: Executor,
  actor: Actor,
  window: Window,
  input: GroupFilters & Omit<GroupPage, 'of'>,
): Promise<string> {
  const head = [actor.companyId, ownAgent(actor, input.agentId), input.queue ?? null, input.direction ?? null]
  const values = [...head, window.from, window.to]
  const page = { ...input, of: ['agents', ...values] }
  const days = rollupDays(window)
  const byDay = days && (await agentsByDay(executor, [...head, days.firstDay, days.endDay, window.timeZone], page))
  return byDay ?? (await agents(executor, values, page))
}
