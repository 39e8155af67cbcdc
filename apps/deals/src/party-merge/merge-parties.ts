import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import {
  lockParties,
  markMerged,
  type PartyKind,
  relinkDuplicates,
  resolveParty,
  takeMergeTurn,
} from './merges.repository.ts'
import { ensureNotTooMany } from './relink-limit.ts'

export type MergeInput = { readonly id: string; readonly intoId: string; readonly ifMatch: number | undefined }

type Row = { readonly id: string; readonly version: number; readonly createdById: string | null }

/** What is different for contacts and customers. */
type PartyMerge<Party extends Row, Stored> = {
  readonly kind: PartyKind
  lock(id: string): Promise<Party | undefined>
  find(ids: readonly string[]): Promise<Stored[]>
  /** Deletes the merged one and tells of it. */
  retire(id: string, intoId: string): Promise<void>
  /** Makes what referred to the merged one refer to the survivor. */
  relink(id: string, intoId: string): Promise<void>
  /** Tells that one is a duplicate of another one than before, or no longer of any. */
  tellDuplicate(duplicate: Stored, formerId: string): void
  /** Gives the survivor what it lacks; undefined when that is nothing. */
  fill(survivor: Party, merged: Party): Promise<Stored | undefined>
}

/** Merges one party into another under the locks of both. What a merge at the same time has made of them is waited for and followed. */
export async function mergeParties<Party extends Row, Stored extends object>(
  tx: Tx,
  actor: Actor,
  { id, intoId, ifMatch }: MergeInput,
  party: PartyMerge<Party, Stored>,
): Promise<Stored> {
  const survivorId = await lockForMerge(tx, actor, party.kind, { id, intoId })
  const merged = await lockOne(party, id)
  ensureMayChange(actor, merged)
  ensureVersion(merged, ifMatch)
  ensureMayChange(actor, await lockOne(party, survivorId))

  await party.retire(id, survivorId)
  await markMerged(tx, actor.companyId, party.kind, { id, intoId: survivorId })
  await party.relink(id, survivorId)
  await adoptDuplicates(tx, actor, { id, survivorId }, party)
  const filled = await party.fill(await lockOne(party, survivorId), merged)
  const [survivor = filled] = filled === undefined ? await party.find([survivorId]) : [filled]
  if (survivor === undefined) throw new Error(`The locked ${party.kind} '${survivorId}' is gone`)
  return survivor
}

async function lockOne<Party extends Row>(
  { kind, lock }: Pick<PartyMerge<Party, never>, 'kind' | 'lock'>,
  id: string,
): Promise<Party> {
  const found = await lock(id)
  if (found === undefined) throw notFound(kind, id)
  return found
}

/** What was a duplicate of the merged one is the survivor's now; the survivor, if it was one, is of whoever else has its e-mail or phone. */
async function adoptDuplicates<Stored extends object>(
  tx: Tx,
  actor: Actor,
  { id, survivorId }: { readonly id: string; readonly survivorId: string },
  party: Pick<PartyMerge<Row, Stored>, 'kind' | 'find' | 'tellDuplicate'>,
): Promise<void> {
  const adopted = await relinkDuplicates(tx, actor.companyId, party.kind, { id, intoId: survivorId })
  if (adopted.length === 0) return
  ensureNotTooMany(adopted.length, 'duplicates')
  for (const duplicate of await party.find(adopted)) party.tellDuplicate(duplicate, id)
}

/**
 * Locks both; answers the survivor. One merge at a time in a company: each touches rows that others were merged into before,
 * in no order that all could keep.
 */
async function lockForMerge(
  tx: Tx,
  actor: Actor,
  kind: PartyKind,
  { id, intoId }: { readonly id: string; readonly intoId: string },
): Promise<string> {
  await takeMergeTurn(tx, actor.companyId)
  const survivorId = await resolveParty(tx, actor.companyId, kind, intoId)
  if (survivorId === undefined) throw notFound(kind, intoId)
  if (survivorId === id)
    throw new AppError('conflict', 'merge_into_itself', `The ${kind} '${intoId}' cannot be merged into itself.`)
  const live = await lockParties(tx, actor.companyId, kind, [id, survivorId])
  for (const wanted of [id, survivorId]) if (!live.includes(wanted)) throw notFound(kind, wanted)
  return survivorId
}
