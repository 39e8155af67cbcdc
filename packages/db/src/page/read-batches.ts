import { type Executor, run } from '../client/statement.ts'
import { conditions, countRows, type ListSpec } from './list-page.ts'

export type BatchInput = {
  readonly companyId: string
  /** The order, ascending: a sort of the list whose values do not change, or rows could be read twice or never. */
  readonly sort: string
  readonly filters: Readonly<Record<string, unknown>>
  readonly rows: number
  /** Stands between the lines of a batch, and after each batch. */
  readonly separator: string
}

type BatchRow = { text: string | null; rows: number; last_sort: string | null; last_id: string | null }

/**
 * All rows of a list as text, batch by batch; Postgres builds the lines from `spec.item`. Each batch is a statement of its own:
 * no transaction, snapshot or connection is held while the reader is slow. A row that is there throughout is read exactly once.
 */
export async function* readBatches(
  executor: Executor,
  spec: ListSpec,
  input: BatchInput,
): AsyncGenerator<{ readonly text: string; readonly rows: number }> {
  const names = namesOf(input.filters)
  const values: unknown[] = [input.companyId, ...names.map((name) => input.filters[name])]
  let after: unknown[] = []
  for (;;) {
    // Not prepared: planned for its own values each time, which costs little beside what a batch reads.
    const query = { name: '', text: batchText(spec, names, input, after.length > 0) }
    const [batch] = await run<BatchRow>(executor, query, [...values, input.separator, ...after])
    if (batch === undefined || batch.text === null) return
    yield { text: batch.text + input.separator, rows: batch.rows }
    if (batch.rows < input.rows) return
    after = [batch.last_sort, batch.last_id]
  }
}

/** How many rows `readBatches` would read now. */
export async function countBatches(
  executor: Executor,
  spec: ListSpec,
  input: Pick<BatchInput, 'companyId' | 'filters'>,
): Promise<number> {
  const names = namesOf(input.filters)
  return countRows(executor, spec, names, [input.companyId, ...names.map((name) => input.filters[name])])
}

function namesOf(filters: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(filters).filter((name) => filters[name] !== undefined)
}

function batchText(spec: ListSpec, names: readonly string[], { sort, rows }: BatchInput, isNext: boolean): string {
  const by = spec.sorts[sort]
  if (by === undefined) throw new Error(`The list '${spec.name}' cannot sort by '${sort}'`)
  const { where, next } = conditions(spec, names)
  const a = spec.alias
  const after = `AND (${by.expression}, ${a}.id) > ($${next + 1}::text::${by.type}, $${next + 2}::uuid)`
  return `
WITH page AS (
  SELECT ${a}.*, ${by.expression} AS page_sort FROM ${spec.from}
  WHERE ${where} ${isNext ? after : ''}
  ORDER BY ${by.expression}, ${a}.id LIMIT ${rows}
), last AS (SELECT page_sort::text AS last_sort, id::text AS last_id FROM page ORDER BY page.page_sort DESC, page.id DESC LIMIT 1)
SELECT string_agg(${spec.item}, $${next}::text ORDER BY ${a}.page_sort, ${a}.id) AS text, count(*)::int AS rows,
       (SELECT last_sort FROM last), (SELECT last_id FROM last)
FROM page ${a} ${spec.joins ?? ''}`
}
