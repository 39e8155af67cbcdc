import type { Readable } from 'node:stream'
import { AppError } from '@dealwire/errors'
import { type CsvRecord, createCsvRecords } from './csv-records.ts'
import type { RowProblem } from './read-row.ts'

export type CsvRow = { readonly row: number; readonly cells: readonly string[] }
export type CsvBatch = {
  readonly rows: readonly CsvRow[]
  readonly problems: readonly RowProblem[]
  /** The last row of the file that the batch holds or has passed over. */
  readonly lastRow: number
  readonly bytesRead: number
}

/** The file's rows after `afterRow`, in batches. Empty ones are passed over, those that are no CSV are reported. */
export async function* readCsv(
  source: Readable,
  {
    encoding,
    afterRow,
    batchRows,
  }: { readonly encoding: string; readonly afterRow: number; readonly batchRows: number },
): AsyncGenerator<CsvBatch> {
  let batch: CsvRecord[] = []
  let lastRow = afterRow
  let bytesRead = 0
  for await (const piece of readRecords(source, encoding)) {
    bytesRead += piece.bytes
    for (const record of piece.records) {
      if (record.row <= afterRow) continue
      lastRow = record.row
      if (!isEmpty(record)) batch.push(record)
      if (batch.length === batchRows) {
        yield batchOf(batch, lastRow, bytesRead)
        batch = []
      }
    }
  }
  yield batchOf(batch, lastRow, bytesRead)
}

function isEmpty(record: CsvRecord): boolean {
  return 'cells' in record && record.cells.every((cell) => cell.trim() === '')
}

/** The names of the columns. */
export async function readHeader(source: Readable, encoding: string): Promise<readonly string[]> {
  for await (const { records } of readRecords(source, encoding)) {
    const [first] = records
    if (first === undefined) continue
    if ('cells' in first) return first.cells
    throw new AppError(
      'invalid',
      'validation_failed',
      `The first row, which names the columns, is not valid CSV: ${first.reason}`,
    )
  }
  throw new AppError('invalid', 'validation_failed', 'The file is empty; its first row has to name the columns.')
}

async function* readRecords(
  source: Readable,
  encoding: string,
): AsyncGenerator<{ readonly records: CsvRecord[]; readonly bytes: number }> {
  const decoder = new TextDecoder(encoding)
  const csv = createCsvRecords()
  for await (const chunk of source as AsyncIterable<Buffer>) {
    yield { records: csv.push(decoder.decode(chunk, { stream: true })), bytes: chunk.length }
  }
  yield { records: [...csv.push(decoder.decode()), ...csv.end()], bytes: 0 }
}

function batchOf(records: readonly CsvRecord[], lastRow: number, bytesRead: number): CsvBatch {
  return {
    rows: records.flatMap((record) => ('cells' in record ? [record] : [])),
    problems: records.flatMap((record) =>
      'reason' in record ? [{ row: record.row, field: null, code: 'malformed_row', message: record.reason }] : [],
    ),
    lastRow,
    bytesRead,
  }
}
