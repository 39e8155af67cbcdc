import type { Actor, planProgressRoute, QueryOf } from '@dealwire/contracts'
import { cachedStats } from '../deal-statistics/cached-stats.ts'
import { readDeals } from '../deals/read-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import { ensureTeam } from '../teams/ensure-team.ts'
import { ensureMayPlan } from './may-plan.ts'
import { periodNamed, thisMonth } from './period.ts'
import { findProgress } from './plan-progress.repository.ts'
import type { Subject } from './sales-plans.repository.ts'

/** What was won in a period against the plan of a user, a team or the company, as finished JSON. */
export async function getPlanProgress(
  dependencies: Dependencies,
  actor: Actor,
  query: QueryOf<typeof planProgressRoute>,
): Promise<string> {
  const subject = subjectOf(actor, query)
  ensureMayPlan(actor, subject)
  await ensureTeam(dependencies.database, actor, subject.teamId)
  const period = periodNamed(query.period ?? thisMonth(actor.company.timeZone))
  const key = `progress:${period.period}:${subject.userId ?? subject.teamId ?? 'company'}`
  return cachedStats(dependencies, actor, key, () =>
    readDeals(dependencies, actor, (db) => findProgress(db, actor, period, subject)),
  )
}

function subjectOf(actor: Actor, { userId = 'me', teamId, company }: QueryOf<typeof planProgressRoute>): Subject {
  if (company !== undefined) return { userId: null, teamId: null }
  if (teamId !== undefined) return { userId: null, teamId }
  return { userId: userId === 'me' ? actor.userId : userId, teamId: null }
}
