import type { Actor } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { awaitReference } from '../access/await-reference.ts'
import { hasProductRef } from './products.repository.ts'

/** For the edge: inventory's event about a product that was just made may be a moment behind a caller who knows it already. */
export async function awaitProduct(database: Database, actor: Actor, id: string | null | undefined): Promise<void> {
  if (id === null || id === undefined) return
  await awaitReference(() => hasProductRef(database, actor.companyId, id))
}
