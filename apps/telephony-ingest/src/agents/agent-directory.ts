import type { Database } from '@dealwire/db/client'
import { remember } from '../access/remember.ts'
import type { AgentRef } from '../calls/call.ts'
import { type AgentName, listAgentNames } from './agents.repository.ts'

export type FindUser = (agent: AgentRef) => string | null

/** Which users the agents of a company's PBXs are. Changes made elsewhere show within two seconds. */
export type AgentDirectory = {
  /** For each company a look-up by connection. */
  load(companyIds: readonly string[]): Promise<(companyId: string, connectionId: string) => FindUser>
  forget(companyId: string): void
}

const TTL_MS = 2_000
const MAX_COMPANIES = 2_000

type Names = ReadonlyMap<string, string>

export function createAgentDirectory(database: Database): AgentDirectory {
  const byCompany = remember<Names>({
    ttlMs: TTL_MS,
    maxEntries: MAX_COMPANIES,
    load: async (companyId) => indexNames(await listAgentNames(database, companyId)),
  })
  return {
    async load(companyIds) {
      const distinct = [...new Set(companyIds)]
      const loaded = new Map(await Promise.all(distinct.map(async (id) => [id, await byCompany.get(id)] as const)))
      return (companyId, connectionId) => (agent) => findUser(loaded.get(companyId), connectionId, agent)
    },
    forget: (companyId) => byCompany.forget(companyId),
  }
}

const EVERY_CONNECTION = '*'

function indexNames(names: readonly AgentName[]): Names {
  const index = new Map<string, string>()
  for (const { connectionId, extension, providerUser, userId } of names) {
    const scope = connectionId ?? EVERY_CONNECTION
    if (providerUser !== null) index.set(`${scope} user ${providerUser}`, userId)
    if (extension !== null) index.set(`${scope} extension ${extension}`, userId)
  }
  return index
}

/** A name of the connection goes before one of all, and the PBX's user before the extension, which a phone may lend. */
function findUser(names: Names | undefined, connectionId: string, { agent, extension }: AgentRef): string | null {
  if (names === undefined || names.size === 0) return null
  for (const scope of [connectionId, EVERY_CONNECTION]) {
    const byUser = agent === null ? undefined : names.get(`${scope} user ${agent}`)
    const byExtension = extension === null ? undefined : names.get(`${scope} extension ${extension}`)
    const found = byUser ?? byExtension
    if (found !== undefined) return found
  }
  return null
}
