import type { Actor, BodyOf, createAgentRoute, updateAgentRoute } from '@dealwire/contracts'
import { isConstraint, type Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { changedFields, isEmpty, merged, newId } from '@dealwire/messaging'
import {
  type AgentFields,
  deleteAgentRow,
  findAgent,
  insertAgent,
  lockAgent,
  type StoredAgent,
  updateAgentRow,
} from './agents.repository.ts'
import { ensureUser } from './ensure-user.ts'

/** Says which user an agent of a PBX is: for calls that come from now on. */
export async function createAgent(tx: Tx, actor: Actor, body: BodyOf<typeof createAgentRoute>): Promise<StoredAgent> {
  await ensureUser(tx, actor, body.userId)
  const agent = {
    id: newId(),
    userId: body.userId,
    connectionId: body.connectionId ?? null,
    extension: body.extension ?? null,
    providerUser: body.providerUser ?? null,
  }
  return refuseTaken(agent, () => insertAgent(tx, actor.companyId, agent))
}

type UpdateAgentInput = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateAgentRoute>
}

export async function updateAgent(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, changes }: UpdateAgentInput,
): Promise<StoredAgent> {
  const { version, ...before } = await getLocked(tx, actor, id, ifMatch)
  if (changes.userId !== undefined && changes.userId !== before.userId) await ensureUser(tx, actor, changes.userId)
  const after = merged(before, changes)
  if (after.extension === null && after.providerUser === null) {
    throw new AppError('invalid', 'validation_failed', 'An agent needs an extension or a providerUser.')
  }
  if (!isEmpty(changedFields(before, after, Object.keys(changes)))) {
    return refuseTaken(after, () => updateAgentRow(tx, actor.companyId, { ...after, id }))
  }
  const unchanged = await findAgent(tx, actor.companyId, id)
  if (unchanged === undefined) throw notFound('agent', id)
  return unchanged
}

export async function deleteAgent(
  tx: Tx,
  actor: Actor,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<void> {
  await getLocked(tx, actor, id, ifMatch)
  await deleteAgentRow(tx, actor.companyId, id)
}

async function getLocked(tx: Tx, actor: Actor, id: string, ifMatch: number | undefined) {
  const before = await lockAgent(tx, actor.companyId, id)
  if (before === undefined) throw notFound('agent', id)
  ensureVersion(before, ifMatch)
  return before
}

async function refuseTaken(agent: AgentFields, write: () => Promise<StoredAgent | undefined>): Promise<StoredAgent> {
  try {
    const saved = await write()
    if (saved === undefined) throw notFound('connection', agent.connectionId ?? '')
    return saved
  } catch (error) {
    throw takenName(agent, error) ?? error
  }
}

function takenName(agent: AgentFields, cause: unknown): AppError | undefined {
  const taken = (name: string) =>
    new AppError('conflict', 'duplicate', `The ${name} already belongs to another agent.`, { cause })
  if (isConstraint(cause, 'agents_extension')) return taken(`extension '${agent.extension}'`)
  if (isConstraint(cause, 'agents_provider_user')) return taken(`PBX user '${agent.providerUser}'`)
  return undefined
}
