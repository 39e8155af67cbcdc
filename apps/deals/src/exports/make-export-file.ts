import { Readable } from 'node:stream'
import { type DealExport, exportCompleted, exportFailed } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import type { JobTarget, Work } from '../jobs/job-queue.ts'
import type { ObjectStore } from '../object-store/object-store.ts'
import {
  type ClaimedExport,
  claimExport,
  failExport,
  findExpired,
  finishExport,
  markExpired,
  saveExportProgress,
} from './exports.repository.ts'
import { countDealFile, readDealFile } from './read-deal-file.ts'

type Tools = { readonly bulk: Database; readonly store: ObjectStore; readonly ttlHours: number }

const EXPIRED_AT_ONCE = 100

export function exportKey({ companyId, id }: JobTarget, format: DealExport['format']): string {
  return `exports/${companyId}/${id}.${format}`
}

/** Makes the files of exports. A run that was broken off begins anew: the store shows a file only when all of it is there. */
export function exportWork({ bulk, store, ttlHours }: Tools): Work {
  return {
    async run(target, signal) {
      const claimed = await claimExport(bulk, target)
      if (claimed === undefined) return
      const file = await writeFile({ bulk, store }, target, claimed, signal)
      await withTx(bulk, async (tx) => {
        const done = await finishExport(tx, target, { ...file, ttlHours })
        if (done === undefined) return
        append(tx, author(target, claimed), exportCompleted, done.value, { export: done.value })
      })
    },
    async giveUp(target) {
      await withTx(bulk, async (tx) => {
        const failed = await failExport(tx, target, 'The file could not be made; ask for it again later.')
        if (failed === undefined) return
        const { value, requestId } = failed
        append(tx, author(target, { createdById: value.createdById, requestId }), exportFailed, value, {
          export: value,
        })
      })
    },
  }
}

async function writeFile(
  { bulk, store }: Pick<Tools, 'bulk' | 'store'>,
  target: JobTarget,
  { format, filters }: ClaimedExport,
  signal: AbortSignal,
): Promise<{ rows: number; bytes: number }> {
  const file = { companyId: target.companyId, format, selection: filters }
  const totalRows = await countDealFile(bulk, file)
  let rows = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const batch of readDealFile(bulk, file)) {
      signal.throwIfAborted()
      yield batch.text
      rows += batch.rows
      await saveExportProgress(bulk, target, { rows, totalRows })
    }
  }
  const { bytes } = await store.put(exportKey(target, format), Readable.from(lines(), { objectMode: false }), signal)
  return { rows, bytes }
}

function author(
  { companyId }: JobTarget,
  { createdById, requestId }: Pick<ClaimedExport, 'createdById' | 'requestId'>,
) {
  return { companyId, userId: createdById, requestId }
}

/** Removes the files of exports that are past their time. */
export async function expireExports(
  { bulk, store }: Pick<Tools, 'bulk' | 'store'>,
  signal: AbortSignal,
): Promise<void> {
  let found = EXPIRED_AT_ONCE
  while (found === EXPIRED_AT_ONCE && !signal.aborted) {
    const expired = await findExpired(bulk, EXPIRED_AT_ONCE)
    for (const { format, ...target } of expired) {
      await store.delete(exportKey(target, format))
      await markExpired(bulk, target)
    }
    found = expired.length
  }
}
