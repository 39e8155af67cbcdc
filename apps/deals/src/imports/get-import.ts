import type { Actor, DealImport } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import { findImport, type StoredImport } from './imports.repository.ts'

/** Throws unless the caller made the import or is an ADMIN. */
export async function getImport(db: Executor, actor: Actor, id: string): Promise<StoredImport> {
  const found = await findImport(db, actor.companyId, id)
  if (found === undefined) throw notFound('import', id)
  ensureMaySee(actor, found.value)
  return found
}

function ensureMaySee(actor: Actor, { createdById }: Pick<DealImport, 'createdById'>): void {
  if (actor.role === 'ADMIN' || (createdById !== null && createdById === actor.userId)) return
  throw new AppError('forbidden', 'forbidden', 'Only the user who started an import, or an ADMIN, may see it.')
}
