import type { Actor, DealExport, DealSelection } from '@dealwire/contracts'
import { countBatches, readBatches } from '@dealwire/db/batches'
import type { Database, Executor } from '@dealwire/db/client'
import { dealList, dealSearchList } from '../deals/deal-list.ts'
import { dealSelection } from '../deals/list-deals.ts'
import { fileFormats, lineList } from './deal-lines.ts'

/** Some 500 KB: large enough that statements cost little, small enough that nobody waits for one. */
const BATCH_ROWS = 1_000

/** Which deals a file holds, with everything resolved that depends on who asks and when. */
export type FileSelection = Readonly<Record<string, unknown>>

export async function selectForFile(db: Executor, actor: Actor, asked: DealSelection): Promise<FileSelection> {
  const { filters } = await dealSelection(db, actor, asked)
  const ownedBy = actor.scope === 'own' ? { ownedBy: actor.userId } : {}
  return { ...filters, ...ownedBy, createdUntil: new Date().toISOString() }
}

type DealFile = { readonly companyId: string; readonly format: DealExport['format']; readonly selection: FileSelection }

/** The text of the file, batch by batch, as fast as it is read. */
export async function* readDealFile(
  database: Database,
  { companyId, format, selection }: DealFile,
): AsyncGenerator<{ readonly text: string; readonly rows: number }> {
  const { header, lineEnd } = fileFormats[format]
  if (header !== '') yield { text: header, rows: 0 }
  const batches = { companyId, sort: 'createdAt', filters: selection, rows: BATCH_ROWS, separator: lineEnd }
  yield* readBatches(database, listOf(selection, format), batches)
}

/** How many deals the file would hold now. */
export async function countDealFile(database: Database, { companyId, format, selection }: DealFile): Promise<number> {
  return countBatches(database, listOf(selection, format), { companyId, filters: selection })
}

function listOf(selection: FileSelection, format: DealExport['format']) {
  return lineList('phrase' in selection ? dealSearchList : dealList, format)
}
