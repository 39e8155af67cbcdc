import { getCallOverviewRoute, listAgentFiguresRoute, listQueueFiguresRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { ownAgent } from '../directory/scope.ts'
import { answerFigures } from '../figures/answer-figures.ts'
import { windowOf } from '../windows/window.ts'
import { expectKnown } from './expect-known.ts'
import { getCallOverview } from './get-call-overview.ts'
import { listAgentFigures } from './list-agent-figures.ts'
import { listQueueFigures } from './list-queue-figures.ts'

const HOURLY = { days: 32, instead: 'ask for a shorter one, or with granularity=day' }

export function callRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, getCallOverviewRoute, async ({ actor, query }) => {
    const longest = query.granularity === 'hour' ? HOURLY : undefined
    const window = windowOf(query, actor.company.timeZone, Date.now(), longest)
    ownAgent(actor, query.agentId)
    const question = { name: 'calls', about: [query, window] }
    const figures = await answerFigures(deps, actor, question, async (tx) => {
      const [, overview] = await Promise.all([expectKnown(tx, actor, query), getCallOverview(tx, actor, window, query)])
      return overview
    })
    return ok(figures)
  })

  route(app, listAgentFiguresRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    ownAgent(actor, query.agentId)
    const question = { name: 'agents', about: [query, window] }
    const page = await answerFigures(deps, actor, question, async (tx) => {
      const [, agents] = await Promise.all([expectKnown(tx, actor, query), listAgentFigures(tx, actor, window, query)])
      return agents
    })
    return ok(page)
  })

  route(app, listQueueFiguresRoute, async ({ actor, query }) => {
    const window = windowOf(query, actor.company.timeZone, Date.now())
    ownAgent(actor, query.agentId)
    const question = { name: 'queues', about: [query, window] }
    const page = await answerFigures(deps, actor, question, async (tx) => {
      const [, queues] = await Promise.all([expectKnown(tx, actor, query), listQueueFigures(tx, actor, window, query)])
      return queues
    })
    return ok(page)
  })
}
