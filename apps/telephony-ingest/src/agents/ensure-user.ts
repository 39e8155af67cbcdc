import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { knowsUser } from './agents.repository.ts'

/** Throws `not_found`. The caller is known by the identity, before the event that tells of a new user has come. */
export async function ensureUser(tx: Tx, actor: Actor, userId: string): Promise<void> {
  if (userId !== actor.userId && !(await knowsUser(tx, actor.companyId, userId))) throw notFound('user', userId)
}
