import { getLeaderboardRoute, listAgentSnapshotsRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { expectKnown } from '../calls/expect-known.ts'
import type { Deps } from '../deps.ts'
import { ownAgent } from '../directory/scope.ts'
import { answerFigures } from '../figures/answer-figures.ts'
import { windowOf } from '../windows/window.ts'
import { listAgentSnapshots, listLeaders } from './list-agent-snapshots.ts'

/** Added up from single calls, of which a year may have millions. */
const LONGEST_LIVE = { days: 93 }

export function agentRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, listAgentSnapshotsRoute, async ({ actor, query }) => {
    ownAgent(actor, query.agentId)
    const question = { name: 'agent snapshots', about: [query] }
    const page = await answerFigures(deps, actor, question, async (tx) => {
      const [, agents] = await Promise.all([expectKnown(tx, actor, query), listAgentSnapshots(tx, actor, query)])
      return agents
    })
    return ok(page)
  })

  route(app, getLeaderboardRoute, async ({ actor, query }) => {
    const { from, to } = query
    const isLast = from === undefined && to === undefined
    const window = isLast ? undefined : windowOf(query, actor.company.timeZone, Date.now(), LONGEST_LIVE)
    const question = { name: 'leaderboard', about: [query, window] }
    return ok(await answerFigures(deps, actor, question, (tx) => listLeaders(tx, actor, query, window)))
  })
}
