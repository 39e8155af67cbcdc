export type CsvRecord =
  | { readonly row: number; readonly cells: readonly string[] }
  | { readonly row: number; readonly reason: string }

/** A quote that is never closed would swallow all that follows: no row is longer than this. */
const LONGEST_ROW = 256 * 1024
const NOT_CLOSED = 'A quote is opened and not closed.'
const AFTER_QUOTE = 'A quote is closed in the middle of a cell.'
const SEPARATORS = [',', ';', '\t'] as const

type Cell = { readonly value: string; readonly next: number }
type Line = { readonly cells: readonly string[]; readonly next: number }
/** What cannot be told before more of the file is there, and what no more of it would mend. */
type Open = 'more' | { readonly reason: string }

export type CsvRecords = {
  /** The records that are complete with this piece of the file. */
  push(piece: string): CsvRecord[]
  end(): CsvRecord[]
}

/**
 * Takes CSV apart as it arrives. Of a row that is none, only its line is given up, and what follows is read: the libraries that
 * were tried lose all that stands behind a misplaced quote.
 */
export function createCsvRecords(): CsvRecords {
  let text = ''
  let row = 0
  let separator: string | undefined
  let isInsideLongLine = false

  function take(isLast: boolean): CsvRecord[] {
    separator ??= separatorOf(text, isLast)
    if (separator === undefined) return []
    const records: CsvRecord[] = []
    let start = isInsideLongLine ? skipLine(0) : 0
    while (!isInsideLongLine && start < text.length) {
      const found = readRecord(start, readLine(text, start, separator, isLast))
      if (found === undefined) break
      records.push(found.record)
      start = found.next
    }
    text = text.slice(start)
    return records
  }

  function readRecord(start: number, line: Line | Open): { record: CsvRecord; next: number } | undefined {
    if (line === 'more' && text.length - start <= LONGEST_ROW) return undefined
    row++
    if (line === 'more') return { record: { row, reason: NOT_CLOSED }, next: skipLine(start) }
    if ('reason' in line) return { record: { row, reason: line.reason }, next: skipLine(start) }
    return { record: { row, cells: line.cells }, next: line.next }
  }

  /** Where the next line starts. A line whose end is not there yet is thrown away piece by piece. */
  function skipLine(start: number): number {
    const end = text.indexOf('\n', start)
    isInsideLongLine = end === -1
    return end === -1 ? text.length : end + 1
  }

  return {
    push(piece) {
      text += piece
      return take(false)
    },
    end: () => take(true),
  }
}

function readLine(text: string, start: number, separator: string, isLast: boolean): Line | Open {
  const cells: string[] = []
  let at = start
  for (;;) {
    const cell = text[at] === '"' ? readQuoted(text, at, isLast) : readPlain(text, at, separator, isLast)
    if (cell === 'more' || 'reason' in cell) return cell
    cells.push(cell.value)
    const end = text[cell.next] ?? '\n'
    if (end === '\r' || end === '\n') return { cells, next: lineEnd(text, cell.next) }
    if (end !== separator) return { reason: AFTER_QUOTE }
    at = cell.next + 1
  }
}

function lineEnd(text: string, at: number): number {
  return text.startsWith('\r\n', at) ? at + 2 : Math.min(at + 1, text.length)
}

/** A quote within a cell that does not begin with one is a letter. */
function readPlain(text: string, start: number, separator: string, isLast: boolean): Cell | Open {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
  const isKnown = end + 1 < text.length || text[end] === '\n'
  return isKnown || isLast ? { value: text.slice(start, end), next: end } : 'more'
}

function readQuoted(text: string, start: number, isLast: boolean): Cell | Open {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  if (end === -1) return isLast ? { reason: NOT_CLOSED } : 'more'
  // What follows says whether the quote is one of a pair, and whether a line ends with one character or two.
  if (end + 2 >= text.length && !isLast) return 'more'
  return { value: text.slice(start + 1, end).replaceAll('""', '"'), next: end + 1 }
}

/** What separates the names of the columns; undefined before the first line is there. */
function separatorOf(text: string, isLast: boolean): string | undefined {
  const header = text.replaceAll(/"[^"]*"/g, '')
  if (!isLast && !/[\r\n]/.test(header) && text.length < LONGEST_ROW) return undefined
  const [line = ''] = header.split(/[\r\n]/, 1)
  const counts = SEPARATORS.map((separator) => line.split(separator).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))]
}
