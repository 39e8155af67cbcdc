import type { Envelope } from '@dealwire/contracts'
import { money } from './amounts.ts'
import { divided } from './oracle.ts'

type DealState = {
  readonly id: string
  readonly stageKind: 'OPEN' | 'WON' | 'LOST'
  readonly baseValue: string
  readonly baseCurrency: string
  readonly effectiveProbability: number
  readonly expectedCloseDate: string | null
  readonly closedAt: string | null
}

/** What is known of each deal once these events have come, in whatever order. */
export function dealsKnownBy(events: readonly Envelope[]): DealState[] {
  const newest = new Map<string, Envelope>()
  for (const event of events) {
    if (!event.type.startsWith('crm.deals.deal.')) continue
    if ((newest.get(event.subject)?.aggregateversion ?? 0) < event.aggregateversion) newest.set(event.subject, event)
  }
  return [...newest.values()]
    .filter((event) => event.type !== 'crm.deals.deal.deleted')
    .map((event) => event.data['deal'] as DealState)
}

const centsOf = (amount: string) => Math.round(Number(amount) * 100)

export type Open = { readonly month: string; readonly cents: number }

/** Open deals by their weight, in the month in which they are expected to close. */
export function openOf(deals: readonly DealState[]): Map<string, Open & { readonly day: string | null }> {
  const open = deals.filter((deal) => deal.stageKind === 'OPEN' && deal.baseCurrency === 'GEL')
  return new Map(
    open.map((deal) => [
      deal.id,
      {
        day: deal.expectedCloseDate,
        month: deal.expectedCloseDate?.slice(0, 7) ?? 'undated',
        cents: divided(centsOf(deal.baseValue) * deal.effectiveProbability, 100),
      },
    ]),
  )
}

export function forecastFigures(deals: readonly DealState[], months: readonly string[], timeZone: string) {
  const open = [...openOf(deals).values()]
  const sum = (rows: readonly Open[]) => rows.reduce((total, { cents }) => total + cents, 0)
  const monthIn = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit' })
  const won = deals
    .filter((deal) => deal.stageKind === 'WON' && deal.baseCurrency === 'GEL')
    .map((deal) => ({ month: monthIn.format(Date.parse(deal.closedAt ?? '')), cents: centsOf(deal.baseValue) }))
  const [first = ''] = months
  return {
    months: months.map((month) => {
      const [weighted, wonCents] = [open, won].map((rows) => sum(rows.filter((row) => row.month === month)))
      return {
        month,
        weightedOpen: money(weighted ?? 0),
        won: money(wonCents ?? 0),
        total: money((weighted ?? 0) + (wonCents ?? 0)),
      }
    }),
    overdueOpen: money(sum(open.filter((row) => row.day !== null && row.day < `${first}-01`))),
    undatedOpen: money(sum(open.filter((row) => row.day === null))),
    currency: 'GEL',
  }
}

const NAMES = ['opening', 'new', 'won', 'lost', 'pulledIn', 'pushedOut', 'valueChanged'] as const

type Change = { readonly month: string; readonly name: (typeof NAMES)[number]; readonly cents: number }

/** What one deal did to the months. */
function changesOf(before: Open | undefined, after: Open | undefined, isWon: boolean): Change[] {
  if (before === undefined) return after === undefined ? [] : [{ ...after, name: 'new' }]
  const opening: Change = { ...before, name: 'opening' }
  const minus = { month: before.month, cents: -before.cents }
  if (after === undefined) return [opening, { ...minus, name: isWon ? 'won' : 'lost' }]
  const valued: Change = { month: after.month, name: 'valueChanged', cents: after.cents - before.cents }
  if (before.month === after.month) return [opening, valued]
  const name = after.month < before.month ? 'pulledIn' : 'pushedOut'
  return [opening, { ...minus, name }, { month: after.month, name, cents: before.cents }, valued]
}

/** From one night to the next, month by month. */
export function bridgeOf(was: ReadonlyMap<string, Open>, now: ReadonlyMap<string, Open>, wonIds: ReadonlySet<string>) {
  const changes = [...new Set([...was.keys(), ...now.keys()])].flatMap((id) =>
    changesOf(was.get(id), now.get(id), wonIds.has(id)),
  )
  const sum = (rows: readonly Change[]) => money(rows.reduce((total, { cents }) => total + cents, 0))
  const shown = (rows: readonly Change[]) => ({
    ...Object.fromEntries(NAMES.map((name) => [name, sum(rows.filter((row) => row.name === name))])),
    closing: sum(rows),
  })
  const months = [...new Set(changes.map((change) => change.month))].sort()
  return {
    months: months.map((month) => ({ month, ...shown(changes.filter((change) => change.month === month)) })),
    total: shown(changes),
  }
}
