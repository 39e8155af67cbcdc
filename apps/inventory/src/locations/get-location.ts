import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { findLocation, type StoredLocation } from './locations.repository.ts'

export async function getLocation(db: Executor, actor: Actor, id: string): Promise<StoredLocation> {
  const found = await findLocation(db, actor.companyId, id)
  if (found === undefined) throw notFound('location', id)
  return found
}
