import { type Database, withTx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { listKnownCompanies } from './rebuilds.repository.ts'
import { startRebuild } from './start-rebuild.ts'

/** Queues a rebuild for one company, or page by page for all that are known; those that have one already keep it. */
export async function queueRebuilds(
  database: Database,
  companyId: string | undefined,
  request: { readonly dryRun: boolean; readonly force: boolean },
): Promise<number> {
  let queued = 0
  for (let after: string | null = null; ; ) {
    const companyIds: string[] = companyId === undefined ? await listKnownCompanies(database, after) : [companyId]
    for (const id of companyIds) queued += await queueOne(database, id, request)
    const last = companyIds.at(-1)
    if (companyId !== undefined || last === undefined) return queued
    after = last
  }
}

async function queueOne(
  database: Database,
  companyId: string,
  request: { readonly dryRun: boolean; readonly force: boolean },
): Promise<number> {
  const author = { companyId, userId: null, requestId: 'rebuild command' }
  try {
    await withTx(database, (tx) => startRebuild(tx, author, request))
    return 1
  } catch (error) {
    if (error instanceof AppError && error.code === 'rebuild_running') return 0
    throw error
  }
}
