import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { findReservation, type StoredReservation } from './reservations.repository.ts'

export async function getReservation(db: Executor, actor: Actor, id: string): Promise<StoredReservation> {
  const found = await findReservation(db, actor.companyId, id)
  if (found === undefined) throw notFound('reservation', id)
  return found
}
