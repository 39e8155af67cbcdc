import type { Actor, BodyOf, createExportRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import type { JobQueue } from '../jobs/job-queue.ts'
import { insertExport, type StoredExport } from './exports.repository.ts'
import { selectForFile } from './read-deal-file.ts'

/** Stores what is asked for, and with it the job that makes the file. */
export async function createExport(
  tx: Tx,
  actor: Actor,
  { jobs, asked }: { readonly jobs: JobQueue; readonly asked: BodyOf<typeof createExportRoute> },
): Promise<StoredExport> {
  const made = await insertExport(tx, actor.companyId, {
    id: newId(),
    format: asked.format,
    asked: asked.filters,
    selection: await selectForFile(tx, actor, asked.filters),
    createdById: actor.userId,
    requestId: actor.requestId,
  })
  await jobs.enqueue(tx, 'exports', { companyId: actor.companyId, id: made.value.id })
  return made
}
