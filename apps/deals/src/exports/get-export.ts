import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import { findExport, type StoredExport } from './exports.repository.ts'

/** Throws unless the caller made the export or is an ADMIN: a file may hold more than the caller sees. */
export async function getExport(db: Executor, actor: Actor, id: string): Promise<StoredExport> {
  const found = await findExport(db, actor.companyId, id)
  if (found === undefined) throw notFound('export', id)
  const isOwn = found.value.createdById !== null && found.value.createdById === actor.userId
  if (isOwn || actor.role === 'ADMIN') return found
  throw new AppError('forbidden', 'forbidden', 'Only the user who requested an export, or an ADMIN, may see it.')
}
