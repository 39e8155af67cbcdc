import { getLeaderboardRoute, listAgentSnapshotsRoute } from '@dealwire/contracts'
import { ok, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { answerFigures } from '../figures/answer-figures.ts'
import { listAgentSnapshots, listLeaders } from './list-agent-snapshots.ts'

export function agentRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, listAgentSnapshotsRoute, async ({ actor, query }) => {
    const question = { name: 'agent snapshots', about: [query] }
    return ok(await answerFigures(deps, actor, question, (tx) => listAgentSnapshots(tx, actor, query)))
  })

  route(app, getLeaderboardRoute, async ({ actor, query }) => {
    const question = { name: 'leaderboard', about: [query] }
    return ok(await answerFigures(deps, actor, question, (tx) => listLeaders(tx, actor, query)))
  })
}
