import {
  createAgentRoute,
  deleteAgentRoute,
  getAgentRoute,
  listAgentsRoute,
  updateAgentRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { agentList, findAgent } from './agents.repository.ts'
import { awaitUser } from './await-user.ts'
import { createAgent, deleteAgent, updateAgent } from './save-agent.ts'

export function agentRoutes(app: FastifyInstance, { database, agents }: Dependencies): void {
  route(app, listAgentsRoute, async ({ actor, query: { userId, connectionId, ...page } }) =>
    ok(await listPage(database, agentList, actor.companyId, { ...page, filters: { userId, connectionId } })),
  )

  route(app, createAgentRoute, async ({ actor, body, idempotency }) => {
    await awaitUser(database, actor, body.userId)
    const answer = await withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createAgent(tx, actor, body)
        return created(`/v1/telephony/agents/${made.id}`, made)
      }),
    )
    agents.forget(actor.companyId)
    return answer
  })

  route(app, getAgentRoute, async ({ actor, params: { id } }) => {
    const agent = await findAgent(database, actor.companyId, id)
    if (agent === undefined) throw notFound('agent', id)
    return resource(agent)
  })

  route(app, updateAgentRoute, async ({ actor, params: { id }, body, ifMatch }) => {
    await awaitUser(database, actor, body.userId)
    const agent = await withTx(database, (tx) => updateAgent(tx, actor, { id, ifMatch, changes: body }))
    agents.forget(actor.companyId)
    return resource(agent)
  })

  route(app, deleteAgentRoute, async ({ actor, params: { id }, ifMatch }) => {
    await withTx(database, (tx) => deleteAgent(tx, actor, { id, ifMatch }))
    agents.forget(actor.companyId)
    return noContent
  })
}
