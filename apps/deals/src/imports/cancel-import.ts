import { type Actor, type DealImport, importCompleted } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { getImport } from './get-import.ts'
import { type StoredImport, setImportStatus } from './imports.repository.ts'

/** Stops an import between two batches. */
export async function cancelImport(tx: Tx, actor: Actor, id: string): Promise<StoredImport> {
  const { value } = await getImport(tx, actor, id)
  const target = { companyId: actor.companyId, id }
  const cancelled = await setImportStatus(tx, target, { from: ['queued', 'running'], to: 'cancelled' })
  if (cancelled === undefined) throw wrongState(value, 'stopped')
  append(tx, actor, importCompleted, cancelled.value, { import: cancelled.value })
  return cancelled
}

export function wrongState({ id, status, dryRun }: DealImport, verb: string): AppError {
  const what = dryRun ? `only tried out and ${status}` : status
  return new AppError('conflict', 'invalid_state', `The import '${id}' is ${what}; it cannot be ${verb}.`)
}
