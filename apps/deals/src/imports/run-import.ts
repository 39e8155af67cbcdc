import type { Cache } from '@dealwire/cache'
import { type DealImport, importCompleted, MAX_IMPORT_ROWS } from '@dealwire/contracts'
import { type Database, type Tx, withTx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { DEALS_CACHE } from '../deals/change-deals.ts'
import type { JobTarget, Work } from '../jobs/job-queue.ts'
import type { ObjectStore } from '../object-store/object-store.ts'
import { ensureDefaultPipeline } from '../pipelines/ensure-default-pipeline.ts'
import { type LockedImport, lockImport, setImportStatus } from './imports.repository.ts'
import { type CsvBatch, readCsv } from './read-csv.ts'
import { revertItems } from './revert-items.ts'
import { settleRows } from './settle-rows.ts'

type Tools = { readonly bulk: Database; readonly store: ObjectStore; readonly cache: Cache }

/** A transaction of so many rows takes a fraction of a second, and holds up nobody for longer. */
const BATCH_ROWS = 500

export function importKey({ companyId, id }: JobTarget): string {
  return `imports/${companyId}/${id}.csv`
}

/** Imports files and takes imports back. Both go on behind the last batch that was committed. */
export function importWork(tools: Tools): Work {
  const { bulk, store } = tools
  return {
    async run(target, signal) {
      const begun = await withTx(bulk, (tx) => begin(tx, target))
      if (begun?.status === 'running') await importFile(tools, target, begun, signal)
      if (begun?.status === 'reverting') await revert(tools, target, signal)
      await store.delete(importKey(target))
    },
    async giveUp(target) {
      await end(
        bulk,
        target,
        'failed',
        'The import was given up after several attempts; what it has imported so far stays.',
      )
      await store.delete(importKey(target))
    },
  }
}

async function begin(tx: Tx, target: JobTarget): Promise<LockedImport | undefined> {
  const locked = await lockImport(tx, target)
  if (locked?.status !== 'queued') return locked
  await setImportStatus(tx, target, { from: ['queued'], to: 'running' })
  await ensureDefaultPipeline(tx, { ...locked.author, companyId: target.companyId })
  return { ...locked, status: 'running' }
}

async function importFile(tools: Tools, target: JobTarget, begun: LockedImport, signal: AbortSignal): Promise<void> {
  const source = await tools.store.get(importKey(target))
  if (source === undefined) return end(tools.bulk, target, 'failed', 'The file is gone; send it again.')
  try {
    const batches = readCsv(source, {
      encoding: begun.encoding,
      afterRow: begun.settledRow,
      batchRows: BATCH_ROWS,
    })
    for await (const batch of batches) {
      signal.throwIfAborted()
      ensureNotTooLong(batch)
      const goesOn = await withTx(tools.bulk, (tx) => settleRows(tx, target, batch))
      await tools.cache.invalidate(target.companyId, DEALS_CACHE)
      if (!goesOn) return
    }
    await end(tools.bulk, target, 'done', null)
  } catch (error) {
    // The file's own fault: another attempt would end the same way.
    if (!(error instanceof AppError) || error.kind !== 'invalid') throw error
    await end(tools.bulk, target, 'failed', error.message)
  } finally {
    source.destroy()
  }
}

function ensureNotTooLong({ lastRow }: CsvBatch): void {
  if (lastRow - 1 <= MAX_IMPORT_ROWS) return
  const message = `The file has more than ${MAX_IMPORT_ROWS} rows; the rest is not imported. Send it in a file of its own.`
  throw new AppError('invalid', 'validation_failed', message)
}

async function revert({ bulk, cache }: Tools, target: JobTarget, signal: AbortSignal): Promise<void> {
  let left = true
  while (left) {
    signal.throwIfAborted()
    left = await withTx(bulk, (tx) => revertItems(tx, target, BATCH_ROWS))
    await cache.invalidate(target.companyId, DEALS_CACHE)
  }
  await end(bulk, target, 'reverted', null)
}

async function end(bulk: Database, target: JobTarget, to: DealImport['status'], error: string | null): Promise<void> {
  await withTx(bulk, async (tx) => {
    const locked = await lockImport(tx, target)
    const ended = await setImportStatus(tx, target, { from: ['queued', 'running', 'reverting'], to, error })
    if (ended === undefined || locked === undefined) return
    const author = { ...locked.author, companyId: target.companyId }
    append(tx, author, importCompleted, ended.value, { import: ended.value })
  })
}
