import { MAX_IMPORT_ERRORS } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { readDefinitions } from '../custom-fields/read-definitions.ts'
import type { JobTarget } from '../jobs/job-queue.ts'
import { type Imported, importContactRows, importCustomerRows, importDealRows } from './import-rows.ts'
import { insertErrors, insertItems, type LockedImport, lockImport, saveSettled } from './imports.repository.ts'
import type { CsvBatch, CsvRow } from './read-csv.ts'
import { type RowProblem, readRow } from './read-row.ts'

/**
 * Imports a batch of the file, and with it that the batch is settled: after a crash no row is imported twice.
 * Answers false when the import is not running any more.
 */
export async function settleRows(tx: Tx, target: JobTarget, batch: CsvBatch): Promise<boolean> {
  const locked = await lockImport(tx, target)
  if (locked?.status !== 'running' || locked.settledRow >= batch.lastRow) return locked?.status === 'running'

  const imported = await importRows(tx, target, locked, batch.rows)
  const problems = [...batch.problems, ...imported.problems].sort((a, b) => a.row - b.row)
  const duplicates = problems.filter(({ code }) => code === 'duplicate').length
  const room = Math.max(0, MAX_IMPORT_ERRORS - locked.failed - locked.duplicates)
  await insertErrors(
    tx,
    target,
    problems.slice(0, room).map((problem) => ({ ...problem, id: newId() })),
  )
  if (!locked.dryRun) await insertItems(tx, target, imported.items)
  await saveSettled(tx, target, {
    settledRow: batch.lastRow,
    bytesRead: batch.bytesRead,
    created: imported.created,
    duplicates,
    failed: problems.length - duplicates,
  })
  return true
}

async function importRows(tx: Tx, target: JobTarget, locked: LockedImport, rows: readonly CsvRow[]): Promise<Imported> {
  await tx.client.query('SAVEPOINT rows')
  const first = await attempt(tx, target, locked, rows)
  const undo = async () => {
    await tx.client.query('ROLLBACK TO SAVEPOINT rows')
    tx.discardHooks()
  }
  if (locked.dryRun) {
    await undo()
    return first
  }
  if (first.problems.length === 0 || first.items.length === first.created) return first
  // Rows that were refused may have brought a contact or customer along: once more, without them.
  await undo()
  const refused = new Set(first.problems.map(({ row }) => row))
  const second = await attempt(
    tx,
    target,
    locked,
    rows.filter(({ row }) => !refused.has(row)),
  )
  return { ...second, problems: [...first.problems, ...second.problems] }
}

async function attempt(
  tx: Tx,
  { companyId }: JobTarget,
  { entity, columns, author }: LockedImport,
  rows: readonly CsvRow[],
): Promise<Imported> {
  const by = { ...author, companyId }
  const shape = { columns, customFields: await readDefinitions(tx, companyId, entity) }
  switch (entity) {
    case 'deal':
      return imported(
        rows.map((row) => ({ ...row, ...readRow('deal', shape, row) })),
        (good) => importDealRows(tx, by, good),
      )
    case 'contact':
      return imported(
        rows.map((row) => ({ ...row, ...readRow('contact', shape, row) })),
        (good) => importContactRows(tx, by, good),
      )
    case 'customer':
      return imported(
        rows.map((row) => ({ ...row, ...readRow('customer', shape, row) })),
        (good) => importCustomerRows(tx, by, good),
      )
  }
}

type Read<Value> = CsvRow & ({ readonly value: Value } | { readonly problem: RowProblem })

async function imported<Value>(
  read: readonly Read<Value>[],
  make: (good: { readonly row: number; readonly value: Value }[]) => Promise<Imported>,
): Promise<Imported> {
  const problems = read.flatMap((row) => ('problem' in row ? [row.problem] : []))
  const made = await make(read.flatMap((row) => ('value' in row ? [{ row: row.row, value: row.value }] : [])))
  return { ...made, problems: [...problems, ...made.problems] }
}
