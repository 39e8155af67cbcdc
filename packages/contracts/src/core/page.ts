import { z } from 'zod'
import { isWithinYears, WITHIN_YEARS } from './fields.ts'

export const MAX_PAGE_LIMIT = 100
export const DEFAULT_PAGE_LIMIT = 20

const limit = z.coerce.number().int().min(1).max(MAX_PAGE_LIMIT).default(DEFAULT_PAGE_LIMIT)

/** Query of a list: page, sort from an allow-list, and the list's own filters. Unknown keys are refused. */
export function pageQuery<const Sorts extends readonly [string, ...string[]], Filters extends z.ZodRawShape>(options: {
  sorts: Sorts
  defaultSort: Sorts[number] | `-${Sorts[number]}`
  filters: Filters
}) {
  const directions = options.sorts.flatMap((field) => [field, `-${field}`]) as [Sorts[number], ...`-${Sorts[number]}`[]]
  return z.strictObject({
    limit,
    cursor: z.string().min(1).max(1_000).optional(),
    count: z.literal('exact').optional(),
    sort: z.enum(directions).default(options.defaultSort as never),
    ...options.filters,
  })
}

export const pageInfo = z.strictObject({
  limit: z.int(),
  nextCursor: z.string().nullable(),
  total: z.int().min(0).optional(),
})

/** Answer of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ data: z.array(item), page: pageInfo })
}

/** A day (in the company's time zone, inclusive as an end) or an RFC 3339 time (exclusive as an end). */
export const windowEdge = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).refine(isWithinYears, WITHIN_YEARS)

/** Refuses a window that ends before it starts. Compare edges of the same kind only; mixed kinds are settled in SQL. */
export function isOrdered(from: string | undefined, to: string | undefined): boolean {
  if (from === undefined || to === undefined) return true
  return Date.parse(from) <= Date.parse(to)
}
