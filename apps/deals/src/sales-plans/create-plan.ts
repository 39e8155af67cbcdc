import { type Actor, type BodyOf, type createSalesPlanRoute, planCreated, type SalesPlan } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { append, newId } from '@dealwire/messaging'
import { ensureTeam } from '../teams/ensure-team.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { ensureMayPlan } from './may-plan.ts'
import { type Period, periodNamed, periodOfDays } from './period.ts'
import { insertPlan } from './sales-plans.repository.ts'
import { targetsOf } from './targets-of.ts'

type Input = BodyOf<typeof createSalesPlanRoute>

/** Sets the targets of a user, a team or the company for a period; whoever does it second is told that there are some. */
export async function createPlan(tx: Tx, actor: Actor, input: Input): Promise<SalesPlan> {
  const subject = { userId: input.userId ?? null, teamId: input.teamId ?? null }
  ensureMayPlan(actor, subject)
  const period = periodOf(input)
  await ensureUser(tx, actor, subject.userId)
  await ensureTeam(tx, actor, subject.teamId)
  const targets = await targetsOf(tx, actor, input.targets)
  const plan = { id: newId(), createdById: actor.userId, period, subject, targets }
  const made = await insertPlan(tx, actor.companyId, plan)
  if (made === undefined)
    throw new AppError('conflict', 'plan_exists', `A plan for ${period.period} already exists; change that one.`)
  append(tx, actor, planCreated, made, { plan: made })
  return made
}

function periodOf({ period, periodStart = '', periodEnd = '' }: Input): Period {
  const found = period === undefined ? periodOfDays(periodStart, periodEnd) : periodNamed(period)
  if (found !== undefined) return found
  const message = `${periodStart} to ${periodEnd} is not a month, a quarter or a year of the calendar.`
  throw new AppError('invalid', 'validation_failed', message)
}
