import { AppError } from '@dealwire/errors'
import { type Executor, run, type Statement } from '../client/statement.ts'
import { decodeCursor, encodeCursor, fingerprint } from './cursor.ts'

/** A list as data. `$?` in a filter stands for the filter's value; `$1` is always the company. */
export type ListSpec = {
  /** Names the prepared statements; unique per list. */
  readonly name: string
  /** Table and alias the page is cut from, before any join: `deals.deals d`. */
  readonly from: string
  readonly alias: string
  /** Always applied: `d.company_id = $1 AND d.deleted_at IS NULL`. */
  readonly where: string
  /** JSON expression of one item, over the alias and the joins. */
  readonly item: string
  /** Joined to the rows of the page only, so it costs at most one page. */
  readonly joins?: string
  /** Expressions with an index `(company_id, expression, id)`; must never be null. */
  readonly sorts: Readonly<Record<string, { readonly expression: string; readonly type: SortType }>>
  readonly filters: Readonly<Record<string, string>>
  /** Filters of which the value decides the best plan, such as a range; with the sort that is named, if any, one plan is best for all. */
  readonly plannedByValue?: Readonly<Record<string, string | null>>
}

type SortType = 'timestamptz' | 'date' | 'numeric' | 'integer' | 'bigint' | 'text'

export type ListInput = {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly sort: string
  readonly count?: 'exact' | undefined
  /** Values by filter name; undefined ones do not filter. */
  readonly filters: Readonly<Record<string, unknown>>
}

type PageRow = { data: string; more: boolean; last_sort: string | null; last_id: string | null }

/**
 * One page of a list as the finished JSON text `{"data":[…],"page":{…}}`, in one statement whatever the page's size
 * (two with an exact count). Postgres builds the JSON; the rows never become JavaScript objects.
 */
export async function listPage(
  executor: Executor,
  spec: ListSpec,
  companyId: string,
  input: ListInput,
): Promise<string> {
  const names = Object.keys(input.filters).filter((name) => input.filters[name] !== undefined)
  const values: unknown[] = [companyId, ...names.map((name) => input.filters[name])]
  const print = fingerprint([spec.name, input.sort, names, values])
  const countValues = [...values]

  values.push(input.limit)
  if (input.cursor !== undefined) {
    const position = decodeCursor(input.cursor, print)
    values.push(position.sortText, position.id)
  }
  const [row] = await readPage(executor, pageStatement(spec, names, input), values)
  if (row === undefined) throw new Error(`The list '${spec.name}' answered no row`)

  const next = row.more && row.last_sort !== null && row.last_id !== null
  const nextCursor = next ? encodeCursor({ sortText: row.last_sort ?? '', id: row.last_id ?? '' }, print) : null
  const total = input.count === 'exact' ? `,"total":${await countRows(executor, spec, names, countValues)}` : ''
  return `{"data":${row.data},"page":{"limit":${input.limit},"nextCursor":${nextCursor === null ? 'null' : `"${nextCursor}"`}${total}}}`
}

/** The cursor that `listPage` would have given after a row, for a first page that came from elsewhere, such as one of a board. */
export function cursorAfter(
  spec: ListSpec,
  companyId: string,
  input: Pick<ListInput, 'sort' | 'filters'>,
  last: { readonly sortText: string; readonly id: string },
): string {
  const names = Object.keys(input.filters).filter((name) => input.filters[name] !== undefined)
  const values = [companyId, ...names.map((name) => input.filters[name])]
  return encodeCursor(last, fingerprint([spec.name, input.sort, names, values]))
}

/** A cursor is signed by nobody: one whose sort value was tampered with fails to parse in Postgres, and that is the caller's fault. */
async function readPage(executor: Executor, query: Statement, values: readonly unknown[]): Promise<PageRow[]> {
  try {
    return await run<PageRow>(executor, query, values)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === '22P02' || code === '22007' || code === '22008') throw foreignCursor(error)
    throw error
  }
}

function foreignCursor(cause: unknown): AppError {
  return new AppError('invalid', 'invalid_cursor', 'The cursor is not one that this list handed out.', { cause })
}

/** How many rows a list has with these filters. */
export async function countRows(
  executor: Executor,
  spec: ListSpec,
  names: readonly string[],
  values: readonly unknown[],
): Promise<number> {
  const { where } = conditions(spec, names)
  const text = `SELECT count(*) AS total FROM ${spec.from} WHERE ${where}`
  const [row] = await run<{ total: number }>(executor, named(spec, `count ${names.join()}`, text), values)
  return row?.total ?? 0
}

/** The WHERE clause of a list with these filters, and the number of the parameter after theirs. */
export function conditions(spec: ListSpec, names: readonly string[]): { where: string; next: number } {
  let next = 2
  const parts = [spec.where]
  for (const name of names) {
    const filter = spec.filters[name]
    if (filter === undefined) throw new Error(`The list '${spec.name}' has no filter '${name}'`)
    parts.push(`(${filter.replaceAll('$?', `$${next}`)})`)
    next++
  }
  return { where: parts.join(' AND '), next }
}

/** A literal LIMIT lets the planner see that the page is short; three literals keep the prepared shapes few. */
function fetchedRows(limit: number): number {
  if (limit <= 20) return 21
  return limit <= 50 ? 51 : 101
}

function pageStatement(spec: ListSpec, names: readonly string[], input: ListInput): Statement {
  const fetched = fetchedRows(input.limit)
  if (isPlannedEachTime(spec, names, input)) return { name: '', text: pageText(spec, names, input, fetched) }
  const key = `${input.sort} ${fetched} ${input.cursor === undefined ? 'first' : 'next'} ${names.join()}`
  return shapes.get(`${spec.name} ${key}`) ?? named(spec, key, pageText(spec, names, input, fetched))
}

/** A prepared statement is soon planned for any values: it would sort a whole range, or read all rows to find nothing in it. */
function isPlannedEachTime({ plannedByValue }: ListSpec, names: readonly string[], { sort }: ListInput): boolean {
  const sorted = sort.replace('-', '')
  return names.some((name) => plannedByValue?.[name] !== undefined && plannedByValue[name] !== sorted)
}

function pageText(spec: ListSpec, names: readonly string[], input: ListInput, fetched: number): string {
  const descending = input.sort.startsWith('-')
  const sort = spec.sorts[descending ? input.sort.slice(1) : input.sort]
  if (sort === undefined) throw new Error(`The list '${spec.name}' cannot sort by '${input.sort}'`)

  const { where, next } = conditions(spec, names)
  const a = spec.alias
  const direction = descending ? 'DESC' : 'ASC'
  const after = `AND (${sort.expression}, ${a}.id) ${descending ? '<' : '>'} ($${next + 1}::text::${sort.type}, $${next + 2}::uuid)`
  return `
WITH page AS (
  SELECT ${a}.*, ${sort.expression} AS page_sort FROM ${spec.from}
  WHERE ${where} ${input.cursor === undefined ? '' : after}
  ORDER BY ${sort.expression} ${direction}, ${a}.id ${direction} LIMIT ${fetched}
), numbered AS (
  SELECT row_number() OVER (ORDER BY ${a}.page_sort ${direction}, ${a}.id ${direction}) AS page_row,
         ${a}.page_sort, ${a}.id AS page_id, ${spec.item} AS item
  FROM page ${a} ${spec.joins ?? ''}
)
SELECT coalesce(json_agg(item ORDER BY page_row) FILTER (WHERE page_row <= $${next}::int), '[]')::text AS data,
       count(*) > $${next}::int AS more,
       max(page_sort::text) FILTER (WHERE page_row = $${next}::int) AS last_sort,
       max(page_id::text) FILTER (WHERE page_row = $${next}::int) AS last_id
FROM numbered`
}

/** Filters combine freely, prepared statements cost memory on every connection: past the bound a shape runs unprepared. */
const MAX_SHAPES = 300
const shapes = new Map<string, Statement>()

function named(spec: ListSpec, key: string, text: string): Statement {
  const known = shapes.get(`${spec.name} ${key}`)
  if (known !== undefined) return known
  if (shapes.size >= MAX_SHAPES) return { name: '', text }
  const made = { name: `${spec.name}_${fingerprint([text])}`, text }
  shapes.set(`${spec.name} ${key}`, made)
  return made
}
