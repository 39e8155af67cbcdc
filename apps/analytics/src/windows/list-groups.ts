import { type Executor, runOne, type Statement, statement } from '@dealwire/db/client'
import { decodeCursor, encodeCursor, fingerprint } from '@dealwire/db/cursor'

/**
 * Rows that are figures of groups: `rows` is SQL that gives `id` (a uuid), `sort` (text) and `item` (jsonb). `isUsable` is SQL that
 * says whether these rows can answer at all.
 */
export type GroupSpec = {
  readonly name: string
  readonly rows: string
  readonly parameters: number
  readonly isUsable?: string
}

export type GroupPage = {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly sort: string
  readonly count?: 'exact' | undefined
  /** What the list is of. A cursor belongs to it, whichever rows answer: pages of one list may come from different ones. */
  readonly of: readonly unknown[]
}

type PageRow = {
  data: string
  more: boolean
  last_sort: string | null
  last_id: string | null
  total: number
  usable: boolean
}

/** Declares a keyset-paged list over groups; the page is cut after grouping, since there are few groups and many rows. */
export function groupList(spec: Omit<GroupSpec, 'isUsable'>) {
  const list = groupListIf(spec)
  return async (executor: Executor, values: readonly unknown[], page: GroupPage): Promise<string> => {
    const text = await list(executor, values, page)
    if (text === undefined) throw new Error(`The list '${spec.name}' answered no row`)
    return text
  }
}

/** The same, undefined where the rows cannot answer. */
export function groupListIf(spec: GroupSpec) {
  const ascending = pageStatement(spec, 'ASC')
  const descending = pageStatement(spec, 'DESC')
  return async (executor: Executor, values: readonly unknown[], page: GroupPage): Promise<string | undefined> => {
    const print = fingerprint([page.sort, ...page.of])
    const query = page.sort.startsWith('-') ? descending : ascending
    const row = await runOne<PageRow>(executor, query, [...values, page.limit, ...positionOf(page, print)])
    if (row?.usable !== true) return undefined
    const total = page.count === 'exact' ? `,"total":${row.total}` : ''
    return `{"data":${row.data},"page":{"limit":${page.limit},"nextCursor":${nextCursor(row, print)}${total}}}`
  }
}

function positionOf({ cursor }: GroupPage, print: string): [string | null, string | null] {
  if (cursor === undefined) return [null, null]
  const { sortText, id } = decodeCursor(cursor, print)
  return [sortText, id]
}

function nextCursor({ more, last_sort: sortText, last_id: id }: PageRow, print: string): string {
  return more && sortText !== null && id !== null ? `"${encodeCursor({ sortText, id }, print)}"` : 'null'
}

function pageStatement(spec: GroupSpec, direction: 'ASC' | 'DESC'): Statement {
  const [limit, sort, id] = [1, 2, 3].map((offset) => `$${spec.parameters + offset}`)
  return statement(
    `${spec.name}_${direction.toLowerCase()}`,
    `WITH usable AS MATERIALIZED (SELECT ${spec.isUsable ?? 'true'} AS usable), groups AS (SELECT * FROM (${spec.rows}) made WHERE (SELECT usable FROM usable)
     ), page AS (
       SELECT g.*, row_number() OVER (ORDER BY g.sort COLLATE "C" ${direction}, g.id ${direction}) AS n FROM groups g
       WHERE ${sort}::text IS NULL OR (g.sort COLLATE "C", g.id) ${direction === 'ASC' ? '>' : '<'} (${sort}, ${id}::uuid)
     )
     SELECT coalesce(jsonb_agg(item ORDER BY n) FILTER (WHERE n <= ${limit}::integer), '[]')::text AS data, count(*) > ${limit} AS more,
       max(sort) FILTER (WHERE n = ${limit}) AS last_sort, max(id::text) FILTER (WHERE n = ${limit}) AS last_id,
       (SELECT count(*) FROM groups) AS total, (SELECT usable FROM usable) AS usable
     FROM page`,
  )
}
