import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { hasActiveUserRef } from './users.repository.ts'

/** Somebody may be assigned to: an active user of the company, or whoever acts. */
export async function ensureUser(tx: Tx, actor: Actor, id: string | null | undefined): Promise<void> {
  if (id === null || id === undefined || id === actor.userId) return
  if (!(await hasActiveUserRef(tx, actor.companyId, id))) throw notFound('user', id)
}
