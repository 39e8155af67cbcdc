import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

export type StoredAgent = { readonly json: string; readonly id: string; readonly version: number }

const ITEM = `json_build_object('id', g.id, 'userId', g.user_id, 'userName', u.name, 'connectionId', g.connection_id,
  'extension', g.extension, 'providerUser', g.provider_user, 'version', g.version,
  'createdAt', iso(g.created_at), 'updatedAt', iso(g.updated_at))`
const JOINS = 'LEFT JOIN user_refs u ON u.company_id = g.company_id AND u.id = g.user_id'
const ANSWER = `${ITEM}::text AS json, g.id, g.version`

export const agentList: ListSpec = {
  name: 'agents',
  from: 'agents g',
  alias: 'g',
  where: 'g.company_id = $1 AND g.deleted_at IS NULL',
  item: ITEM,
  joins: JOINS,
  sorts: { createdAt: { expression: 'g.created_at', type: 'timestamptz' } },
  filters: { userId: 'g.user_id = $?', connectionId: 'g.connection_id = $?' },
}

export type AgentFields = {
  readonly userId: string
  readonly connectionId: string | null
  readonly extension: string | null
  readonly providerUser: string | null
}
export type AgentName = AgentFields

const MAX_NAMES = 10_000

/** Every name of the company's agents, the oldest first. */
export async function listAgentNames(executor: Executor, companyId: string): Promise<AgentName[]> {
  return run(executor, listNames, [companyId])
}

const listNames = statement(
  'list_agent_names',
  `SELECT user_id AS "userId", connection_id AS "connectionId", extension, provider_user AS "providerUser"
   FROM agents WHERE company_id = $1 AND deleted_at IS NULL ORDER BY created_at, id LIMIT ${MAX_NAMES}`,
)

export async function findAgent(executor: Executor, companyId: string, id: string): Promise<StoredAgent | undefined> {
  return runOne(executor, find, [companyId, id])
}

const find = statement(
  'find_agent',
  `SELECT ${ANSWER} FROM agents g ${JOINS} WHERE g.company_id = $1 AND g.id = $2 AND g.deleted_at IS NULL`,
)

/** Whether the company has this user. */
export async function knowsUser(executor: Executor, companyId: string, userId: string): Promise<boolean> {
  return (await runOne(executor, findUser, [companyId, userId])) !== undefined
}

const findUser = statement('find_agent_user', 'SELECT 1 FROM user_refs WHERE company_id = $1 AND id = $2')

/** Undefined when the connection is not one of the company's. */
export async function insertAgent(
  tx: Tx,
  companyId: string,
  agent: AgentFields & { id: string },
): Promise<StoredAgent | undefined> {
  return runOne(tx, insert, valuesOf(companyId, agent))
}

const CONNECTION_EXISTS = `($4::uuid IS NULL OR EXISTS (
  SELECT FROM connections WHERE company_id = $1 AND id = $4 AND deleted_at IS NULL))`

const insert = statement(
  'insert_agent',
  `WITH made AS (
     INSERT INTO agents (company_id, id, user_id, connection_id, extension, provider_user)
     SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6 WHERE ${CONNECTION_EXISTS} RETURNING *
   ) SELECT ${ANSWER} FROM made g ${JOINS}`,
)

export async function lockAgent(
  tx: Tx,
  companyId: string,
  id: string,
): Promise<(AgentFields & { version: number }) | undefined> {
  return runOne(tx, lock, [companyId, id])
}

const lock = statement(
  'lock_agent',
  `SELECT user_id AS "userId", connection_id AS "connectionId", extension, provider_user AS "providerUser", version
   FROM agents WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE`,
)

/** Undefined when the connection is not one of the company's. */
export async function updateAgentRow(
  tx: Tx,
  companyId: string,
  agent: AgentFields & { id: string },
): Promise<StoredAgent | undefined> {
  return runOne(tx, update, valuesOf(companyId, agent))
}

const update = statement(
  'update_agent',
  `WITH saved AS (
     UPDATE agents SET user_id = $3, connection_id = $4, extension = $5, provider_user = $6, version = version + 1, updated_at = now()
     WHERE company_id = $1 AND id = $2 AND ${CONNECTION_EXISTS} RETURNING *
   ) SELECT ${ANSWER} FROM saved g ${JOINS}`,
)

export async function deleteAgentRow(tx: Tx, companyId: string, id: string): Promise<void> {
  await run(tx, remove, [companyId, id])
}

const remove = statement(
  'delete_agent',
  `UPDATE agents SET deleted_at = now(), updated_at = now(), version = version + 1 WHERE company_id = $1 AND id = $2`,
)

function valuesOf(companyId: string, agent: AgentFields & { id: string }): unknown[] {
  return [companyId, agent.id, agent.userId, agent.connectionId, agent.extension, agent.providerUser]
}
