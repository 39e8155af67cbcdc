import { type DealImport, importRows } from '@dealwire/contracts'
import type { z } from 'zod'
import type { Columns } from './import-columns.ts'

export type RowProblem = {
  readonly row: number
  readonly field: string | null
  readonly code: string
  readonly message: string
}

type Entity = DealImport['entity']
export type RowValue<E extends Entity> = z.output<(typeof importRows)[E]>

const NUMBERS = new Set(['probability'])
const LISTS = new Set(['tags'])
const KEYS = new Set(['stage', 'priority', 'leadSource', 'kind', 'status', 'currency'])

/** The fields of a row of cells; an empty cell is a field that is not given. */
export function readRow<E extends Entity>(
  entity: E,
  columns: Columns,
  { row, cells }: { readonly row: number; readonly cells: readonly string[] },
): { readonly value: RowValue<E> } | { readonly problem: RowProblem } {
  const problem = (field: string | null, code: string, message: string) => ({ problem: { row, field, code, message } })
  if (cells.length > columns.length) {
    return problem(null, 'too_many_cells', `The row has ${cells.length} cells, the header ${columns.length}.`)
  }
  if (cells.some((cell) => cell.includes('\uFFFD'))) {
    return problem(null, 'wrong_encoding', 'The row has bytes that are no text in the encoding of the file.')
  }
  const given = columns.flatMap(({ field }, index) => {
    const cell = withoutGuard((cells[index] ?? '').trim())
    return field === null || cell === '' ? [] : [[field, fieldValue(field, cell)] as const]
  })
  const parsed = importRows[entity].safeParse(Object.fromEntries(given))
  if (parsed.success) return { value: parsed.data as RowValue<E> }
  const [issue] = parsed.error.issues
  const field = issue?.path[0] === undefined ? null : String(issue.path[0])
  return problem(field, 'validation_failed', `${field ?? 'The row'}: ${issue?.message ?? 'is not valid'}`)
}

function fieldValue(field: string, cell: string): unknown {
  if (NUMBERS.has(field)) return Number(cell)
  if (LISTS.has(field)) {
    return cell
      .split(';')
      .map((part) => withoutGuard(part.trim()))
      .filter((part) => part !== '')
  }
  return KEYS.has(field) ? cell.toUpperCase().replaceAll(/[\s-]+/g, '_') : cell
}

/** The apostrophe that our own exports put before what looks like a formula. */
function withoutGuard(cell: string): string {
  return /^'[-=+@\t\r]/.test(cell) ? cell.slice(1) : cell
}
