import { type CustomFieldsInput, type DealImport, importRows } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'
import type { z } from 'zod'
import { type Definition, ensureAllGiven } from '../custom-fields/custom-field-values.ts'
import { type Columns, CUSTOM } from './import-columns.ts'

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

type Shape = { readonly columns: Columns; readonly customFields: readonly Definition[] }
type Read<E extends Entity> = { readonly value: RowValue<E> } | { readonly problem: RowProblem }

/** The fields of a row of cells; an empty cell is a field that is not given. */
export function readRow<E extends Entity>(
  entity: E,
  { columns, customFields }: Shape,
  { row, cells }: { readonly row: number; readonly cells: readonly string[] },
): Read<E> {
  const problem = (field: string | null, code: string, message: string) => ({ problem: { row, field, code, message } })
  if (cells.length > columns.length) {
    return problem(null, 'too_many_cells', `The row has ${cells.length} cells, the header ${columns.length}.`)
  }
  if (cells.some((cell) => cell.includes('\uFFFD'))) {
    return problem(null, 'wrong_encoding', 'The row has bytes that are not valid in the encoding of the file.')
  }
  const given = columns.flatMap(({ field }, index) => {
    const cell = withoutGuard((cells[index] ?? '').trim())
    return field === null || cell === '' ? [] : [{ field, cell }]
  })
  const own = given.flatMap(({ field, cell }) => (field.startsWith(CUSTOM) ? [] : [[field, fieldValue(field, cell)]]))
  const parsed = importRows[entity].safeParse({
    ...Object.fromEntries(own),
    customFields: valuesOf(given, customFields),
  })
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const field = issue?.path.join('.') ?? ''
    return problem(field === '' ? null : field, 'validation_failed', `${field}: ${issue?.message ?? 'is not valid'}`)
  }
  const fault = customFault(customFields, parsed.data.customFields)
  return fault === undefined
    ? { value: parsed.data as RowValue<E> }
    : problem('customFields', 'validation_failed', fault)
}

function valuesOf(
  given: readonly { readonly field: string; readonly cell: string }[],
  definitions: readonly Definition[],
): CustomFieldsInput {
  const values = given.flatMap(({ field, cell }) => {
    const definition = definitions.find(({ key }) => field === `${CUSTOM}${key}`)
    return definition === undefined ? [] : [[definition.key, customValue(definition, cell)]]
  })
  return Object.fromEntries(values)
}

/** A cell that is not of its type stays text, and is refused as such. */
function customValue({ type }: Definition, cell: string): string | number | boolean | string[] {
  if (type === 'number') return cell.trim() === '' || Number.isNaN(Number(cell)) ? cell : Number(cell)
  if (type === 'boolean') return cell.toLowerCase() === 'true' || (cell.toLowerCase() === 'false' ? false : cell)
  return type === 'multiselect' ? listOf(cell) : cell
}

/** Why the custom fields do not fit their definitions, as for a single entity. */
function customFault(definitions: readonly Definition[], given: CustomFieldsInput | undefined): string | undefined {
  try {
    ensureAllGiven(definitions, given)
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
}

function fieldValue(field: string, cell: string): unknown {
  if (NUMBERS.has(field)) return Number(cell)
  if (LISTS.has(field)) return listOf(cell)
  return KEYS.has(field) ? cell.toUpperCase().replaceAll(/[\s-]+/g, '_') : cell
}

function listOf(cell: string): string[] {
  const parts = cell.split(';').map((part) => withoutGuard(part.trim()))
  return parts.filter((part) => part !== '')
}

/** The apostrophe that our own exports put before what looks like a formula. */
function withoutGuard(cell: string): string {
  return /^'[-=+@\t\r]/.test(cell) ? cell.slice(1) : cell
}
