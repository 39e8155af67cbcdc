import { getForecastHistoryRoute, getForecastRoute, getVelocityRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { refuseOwnScope } from '../directory/scope.ts'
import { answerFigures } from '../figures/answer-figures.ts'
import { dayAfter, dayAt } from '../windows/local-day.ts'
import { windowOf } from '../windows/window.ts'
import { findForecastHistory } from './forecast.repository.ts'
import { getForecast, monthsOf } from './get-forecast.ts'
import { getVelocity } from './get-velocity.ts'

export function forecastRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, getForecastRoute, async ({ actor, query }) => {
    const now = Date.now()
    const question = { name: 'forecast', about: [monthsOf(query, actor.company.timeZone, now)] }
    return ok(await answerFigures(deps, actor, question, (tx) => getForecast(tx, actor, query, now)))
  })

  route(app, getForecastHistoryRoute, async ({ actor, query }) => {
    refuseOwnScope(actor)
    const { timeZone } = actor.company
    const window = windowOf(query, timeZone, Date.now())
    const [firstDay, endDay] = [
      dayAt(Date.parse(window.from), timeZone),
      dayAfter(dayAt(Date.parse(window.to) - 1, timeZone)),
    ]
    const question = { name: 'forecast history', about: [firstDay, endDay] }
    return ok(
      await answerFigures(deps, actor, question, (tx) => findForecastHistory(tx, actor.companyId, firstDay, endDay)),
    )
  })

  route(app, getVelocityRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    const question = { name: 'velocity', about: [query, window] }
    return ok(await answerFigures(deps, actor, question, (tx) => getVelocity(tx, actor, window, query.pipelineId)))
  })
}
