import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import type { Answer } from '@dealwire/http'
import { type PartyKind, resolveParty } from './merges.repository.ts'

/** The answer for one that is not there: 308 to the one it was merged into, else 404. */
export async function redirectMerged(db: Executor, actor: Actor, kind: PartyKind, id: string): Promise<Answer> {
  const survivorId = await resolveParty(db, actor.companyId, kind, id)
  if (survivorId === undefined || survivorId === id) throw notFound(kind, id)
  return { status: 308, headers: { location: `/v1/${kind}s/${survivorId}` } }
}
