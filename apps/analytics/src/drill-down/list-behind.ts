import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { type ListSpec, listPage } from '@dealwire/db/page'
import type { Window } from '../windows/window.ts'

/** Facts of one kind, and which of them are behind each figure. */
type Facts<Figure extends string> = {
  readonly table: string
  readonly id: string
  readonly item: string
  /** Which rows are the caller's; `$?` is the user. */
  readonly own: string
  readonly filters: Readonly<Record<string, string>>
  /** `at` is the time that the figure counts by. Figures as of now know no window. */
  readonly figures: Readonly<Record<Figure, { readonly at: string; readonly where: string; readonly isNow?: boolean }>>
}

export type BehindInput<Figure extends string> = {
  readonly figure: Figure
  readonly limit: number
  readonly cursor?: string | undefined
  readonly sort: string
  readonly count?: 'exact' | undefined
}

/** Declares a list of the facts behind the figures of one panel. */
export function listBehind<const Figure extends string>(facts: Facts<Figure>) {
  const specs = Object.fromEntries(
    Object.keys(facts.figures).map((figure) => [figure, specOf(facts, figure as Figure)]),
  ) as Record<Figure, ListSpec>
  return async (
    executor: Executor,
    actor: Actor,
    window: Window,
    input: BehindInput<Figure>,
    filters: { readonly own: string | undefined } & Readonly<Record<string, string | readonly string[] | undefined>>,
  ): Promise<string> => {
    const { from, to } = facts.figures[input.figure].isNow ? { from: undefined, to: undefined } : window
    const { limit, cursor, sort, count } = input
    const page = { limit, cursor, sort, count, filters: { ...filters, from, to } }
    return await listPage(executor, specs[input.figure], actor.companyId, page)
  }
}

function specOf<Figure extends string>({ table, id, ...facts }: Facts<Figure>, figure: Figure): ListSpec {
  const { at, where } = facts.figures[figure]
  return {
    name: `${table}_behind_${figure}`,
    from: `(SELECT r.*,${id === 'id' ? '' : ` r.${id} AS id,`} r.${at} AS at FROM ${table} r) f`,
    alias: 'f',
    where: `f.company_id = $1 AND ${where}`,
    item: facts.item,
    sorts: { at: { expression: 'f.at', type: 'timestamptz' } },
    filters: { ...facts.filters, own: facts.own, from: 'f.at >= $?::timestamptz', to: 'f.at < $?::timestamptz' },
  }
}
