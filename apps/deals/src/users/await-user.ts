import type { Actor } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { awaitReference } from '../access/await-reference.ts'
import { hasUserRef } from './users.repository.ts'

/** For the edge: identity's event about a user who was just made may be a moment behind a caller who knows the user already. */
export async function awaitUser(database: Database, actor: Actor, id: string | null | undefined): Promise<void> {
  if (id === null || id === undefined || id === actor.userId) return
  await awaitReference(() => hasUserRef(database, actor.companyId, id))
}
