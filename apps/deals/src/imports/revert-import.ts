import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import type { JobQueue } from '../jobs/job-queue.ts'
import { wrongState } from './cancel-import.ts'
import { getImport } from './get-import.ts'
import { type StoredImport, setImportStatus } from './imports.repository.ts'

/** Begins to remove what an ended import created. */
export async function revertImport(
  tx: Tx,
  actor: Actor,
  { jobs, id }: { readonly jobs: JobQueue; readonly id: string },
): Promise<StoredImport> {
  const { value } = await getImport(tx, actor, id)
  const target = { companyId: actor.companyId, id }
  if (value.dryRun) throw wrongState(value, 'reverted')
  const reverting = await setImportStatus(tx, target, { from: ['done', 'failed', 'cancelled'], to: 'reverting' })
  if (reverting === undefined) throw wrongState(value, 'reverted')
  await jobs.enqueue(tx, 'imports', target)
  return reverting
}
