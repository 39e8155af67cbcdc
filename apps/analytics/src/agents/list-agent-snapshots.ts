import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { ownAgent } from '../directory/scope.ts'
import { type GroupPage, groupList } from '../windows/list-groups.ts'
import type { Window } from '../windows/window.ts'
import { agentsIn } from './agent-snapshots.repository.ts'

const item = `jsonb_build_object('agentId', s.agent_id, 'name', u.name, 'callsOffered', s.calls_offered, 'callsAnswered', s.calls_answered,
       'talkSeconds', s.talk_seconds, 'ahtSeconds', s.aht_seconds, 'dealsWon', s.deals_won, 'dealsLost', s.deals_lost, 'winRate', s.win_rate,
       'revenue', s.revenue::text, 'currency', s.currency, 'workOrdersApproved', s.work_orders_approved, 'activitiesDone', s.activities_done, 'takenAt', iso(s.taken_at))`

const source = `agent_snapshots s LEFT JOIN user_refs u ON u.company_id = s.company_id AND u.id = s.agent_id
     WHERE s.company_id = $1 AND s.window_days = $2::integer`

const agents = groupList({
  name: 'agent_snapshots',
  parameters: 3,
  rows: `
     SELECT s.agent_id AS id, coalesce(u.name, '') AS sort, ${item} AS item FROM ${source} AND ($3::uuid IS NULL OR s.agent_id = $3)`,
})

/** Ranks are of the whole company, whoever looks: an own row says which place it has. */
const ranked = (rows: string) => `
     SELECT id, lpad(rank::text, 10, '0') AS sort, item || jsonb_build_object('rank', rank) AS item
     FROM (SELECT s.agent_id AS id, rank() OVER (ORDER BY s.revenue DESC) AS rank, ${item} AS item FROM ${rows}) ranked
     WHERE $3::uuid IS NULL OR id = $3`

const leaders = groupList({ name: 'leaderboard', parameters: 3, rows: ranked(source) })

/** Of a window as it is now: no snapshot is of that. */
const leadersWithin = groupList({
  name: 'leaderboard_within',
  parameters: 5,
  rows: ranked(`(
       WITH ${agentsIn('SELECT 0 AS days, $4::timestamptz AS since, $5::timestamptz AS until, $2::text AS currency')}
       SELECT $1::uuid AS company_id, made.*, $2::text AS currency, now() AS taken_at FROM made
     ) s LEFT JOIN user_refs u ON u.company_id = s.company_id AND u.id = s.agent_id`),
})

type SnapshotInput = Omit<GroupPage, 'of'> & { readonly windowDays: number; readonly agentId?: string | undefined }

export async function listAgentSnapshots(executor: Executor, actor: Actor, input: SnapshotInput): Promise<string> {
  const values = [actor.companyId, input.windowDays, ownAgent(actor, input.agentId)]
  return await agents(executor, values, { ...input, of: ['agent snapshots', ...values] })
}

/** With a window its figures are added up now; else they are those of the last snapshot. */
export async function listLeaders(
  executor: Executor,
  actor: Actor,
  input: SnapshotInput,
  window: Window | undefined,
): Promise<string> {
  const { companyId, company } = actor
  const own = ownAgent(actor, undefined)
  const isLast = window === undefined
  const values = isLast
    ? [companyId, input.windowDays, own]
    : [companyId, company.currency, own, window.from, window.to]
  const page = { ...input, of: ['leaderboard', ...values] }
  return await (isLast ? leaders : leadersWithin)(executor, values, page)
}
