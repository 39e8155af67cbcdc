import type { Actor } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { awaitReference } from '../access/await-reference.ts'
import { hasTeam } from './teams.repository.ts'

/** For the edge, before a transaction that names a team: as with a new user, identity's event may be a moment behind. */
export async function awaitTeam(database: Database, actor: Actor, id: string | null | undefined): Promise<void> {
  if (id === null || id === undefined) return
  await awaitReference(() => hasTeam(database, actor.companyId, id))
}
