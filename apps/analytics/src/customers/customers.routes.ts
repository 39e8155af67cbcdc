import { getCustomerProfileRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { answerFigures } from '../figures/answer-figures.ts'
import { dayAt, daysBefore, startOfDay } from '../windows/local-day.ts'
import { getCustomerProfile } from './get-customer-profile.ts'

const PROFILE_DAYS = 180

export function customerRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, getCustomerProfileRoute, async ({ actor, params }) => {
    const { timeZone } = actor.company
    const firstDay = daysBefore(dayAt(Date.now(), timeZone), PROFILE_DAYS - 1)
    const since = new Date(startOfDay(firstDay, timeZone)).toISOString()
    const question = { name: 'profile', about: [params.id, since] }
    return ok(await answerFigures(deps, actor, question, (tx) => getCustomerProfile(tx, actor, params.id, since)))
  })
}
