import type { Actor, QueryOf, teamProgressRoute } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { ensureTeam } from '../teams/ensure-team.ts'
import { periodNamed, thisMonth } from './period.ts'
import { findProgress, teamProgressList } from './plan-progress.repository.ts'

/** A page of a team's users with their progress, and that of all together, in a fixed number of statements for any team. */
export async function getTeamProgress(
  db: Executor,
  actor: Actor,
  { limit, cursor, count, sort, period: name, teamId }: QueryOf<typeof teamProgressRoute>,
): Promise<string> {
  await ensureTeam(db, actor, teamId)
  const { currency, timeZone } = actor.company
  const period = periodNamed(name ?? thisMonth(timeZone))
  const userId = actor.scope === 'own' ? (actor.userId ?? undefined) : undefined
  const filters = { ...period, currency, timeZone, userId, teamId }
  const page = await listPage(db, teamProgressList, actor.companyId, { limit, cursor, count, sort, filters })
  const whole = await findProgress(db, actor, period, { userId: null, teamId: teamId ?? null })
  const { userId: _user, teamId: _team, planId, targets, ...head } = JSON.parse(whole) as Record<string, unknown>
  const total = actor.scope === 'own' ? null : { planId, targets }
  return `${JSON.stringify({ ...head, total }).slice(0, -1)},${page.slice(1)}`
}
