import type { Author } from '@dealwire/contracts'
import { isConstraint, type Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { newId } from '@dealwire/messaging'
import { insertRebuild, type RebuildRequest } from './rebuilds.repository.ts'

/** Queues a rebuild of the company's figures; a job takes it up. */
export async function startRebuild(tx: Tx, author: Author, request: RebuildRequest): Promise<unknown> {
  try {
    return await insertRebuild(tx, author.companyId, newId(), request)
  } catch (error) {
    if (!isConstraint(error, 'rebuilds_active')) throw error
    throw alreadyRunning(error)
  }
}

function alreadyRunning(cause: unknown): AppError {
  return new AppError('conflict', 'rebuild_running', 'A rebuild is queued or running; wait until it is done.', {
    cause,
  })
}
