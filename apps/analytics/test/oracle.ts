import { money } from './amounts.ts'
import type { History } from './history.ts'
import type { Call } from './history-of-calls.ts'
import { type Deal, STAGES } from './history-of-deals.ts'

/** Every figure once more, by the plainest code there is, from what really happened. */
export type Period = { readonly from: number; readonly to: number }

/** Whole numbers in, so that nothing is lost before it is rounded: half up, as Postgres rounds what is not negative. */
export const divided = (part: number, whole: number) => Math.floor((2 * part + whole) / (2 * whole))
export const rate = (part: number, whole: number) => (whole === 0 ? null : divided(part * 10_000, whole) / 10_000)
export const milliseconds = (seconds: number) => Math.round(seconds * 1_000)
export const within = (at: number | null, { from, to }: Period) => at !== null && at >= from && at < to
/** Of those in the company's currency. */
export const centsOf = (deals: readonly Deal[]) =>
  deals.reduce((sum, deal) => sum + (deal.currency === 'GEL' ? deal.cents : 0), 0)

export function ownDeal(deal: Deal, userId: string | null): boolean {
  return userId === null || deal.ownerId === userId || (deal.ownerId === null && deal.createdById === userId)
}

export function dealFigures(history: History, period: Period, userId: string | null) {
  const deals = history.deals.filter((deal) => !deal.deleted && ownDeal(deal, userId))
  const closed = deals.filter((deal) => within(deal.closedAt, period))
  const won = closed.filter((deal) => deal.stageKind === 'WON')
  const cycleMs = won.reduce((sum, deal) => sum + (deal.closedAt ?? 0) - deal.createdAt, 0)
  return {
    open: deals.filter((deal) => deal.stageKind === 'OPEN').length,
    created: deals.filter((deal) => within(deal.createdAt, period)).length,
    won: won.length,
    lost: closed.length - won.length,
    winRate: rate(won.length, closed.length),
    revenue: money(centsOf(won)),
    currency: 'GEL',
    wonInOtherCurrency: won.filter((deal) => deal.currency !== 'GEL').length,
    avgCycleDays: won.length === 0 ? null : divided(cycleMs, won.length * 864_000) / 100,
  }
}

export function average(seconds: readonly number[]): number | null {
  const total = seconds.reduce((sum, value) => sum + milliseconds(value), 0)
  return seconds.length === 0 ? null : divided(total, seconds.length) / 1_000
}

/** Linear interpolation between the closest ranks. */
export function percentile(seconds: readonly number[], percent: number): number | null {
  const sorted = seconds.map(milliseconds).sort((a, b) => a - b)
  if (sorted.length === 0) return null
  const rank = percent * (sorted.length - 1)
  const low = sorted[Math.floor(rank / 100)] ?? 0
  const high = sorted[Math.ceil(rank / 100)] ?? low
  return divided(low * 100 + (high - low) * (rank % 100), 100) / 1_000
}

export type CallFilter = { agentId?: string | null; queue?: string; direction?: string }

export function callsOf(history: History, period: Period, filter: CallFilter): Call[] {
  return history.calls.filter(
    (call) =>
      within(call.startedAt, period) &&
      (filter.agentId == null || call.agentId === filter.agentId) &&
      (filter.queue === undefined || call.queue === filter.queue) &&
      (filter.direction === undefined || call.direction === filter.direction),
  )
}

export function callTotals(calls: readonly Call[], queue?: string) {
  const answered = calls.filter((call) => call.status === 'COMPLETED')
  const withStatus = (status: string) => calls.filter((call) => call.status === status).length
  const waits = calls
    .filter((call) => call.direction !== 'OUTBOUND')
    .flatMap((call) => {
      if (call.visits.length > 0)
        return call.visits.filter((visit) => visit.outcome !== 'left' && (queue === undefined || visit.queue === queue))
      return call.status === 'COMPLETED' ? [{ outcome: 'answered', waitSeconds: call.waitSeconds }] : []
    })
  const answeredWaits = waits.filter((wait) => wait.outcome === 'answered').map((wait) => wait.waitSeconds)
  const abandonedWaits = waits.filter((wait) => wait.outcome === 'abandoned').map((wait) => wait.waitSeconds)
  const short = abandonedWaits.filter((wait) => wait < 5).length
  const offered = answeredWaits.length + abandonedWaits.length - short
  const inTime = answeredWaits.filter((wait) => wait <= 20).length
  const queued = calls.filter(
    (call) => call.visits.length > 0 && ['COMPLETED', 'MISSED', 'ABANDONED'].includes(call.status),
  ).length
  const allWaits = waits.map((wait) => wait.waitSeconds)
  const talks = answered.map((call) => call.talkSeconds)
  return {
    total: calls.length,
    inbound: calls.filter((call) => call.direction === 'INBOUND').length,
    outbound: calls.filter((call) => call.direction === 'OUTBOUND').length,
    answered: answered.length,
    missed: withStatus('MISSED'),
    abandoned: withStatus('ABANDONED'),
    shortAbandoned: short,
    answerRate: rate(answered.length, calls.length),
    abandonRate: rate(withStatus('ABANDONED'), queued),
    serviceLevel: {
      percent: offered === 0 ? null : divided(inTime * 10_000, offered) / 100,
      thresholdSeconds: 20,
      formula: 'answered_in_threshold / (answered + abandoned - short_abandoned)',
    },
    asaSeconds: average(answeredWaits),
    ahtSeconds: average(answered.map((call) => call.talkSeconds + call.holdSeconds + call.wrapUpSeconds)),
    wait: { p50: percentile(allWaits, 50), p90: percentile(allWaits, 90), p95: percentile(allWaits, 95) },
    talk: { p50: percentile(talks, 50), p95: percentile(talks, 95) },
    percentiles: { method: 'exact', maxRelativeError: 0 },
  }
}

function local(at: number, timeZone: string): { day: string; hour: number } {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
  return { day: parts.slice(0, 10), hour: Number(parts.slice(11, 13)) }
}

const countsOf = (calls: readonly Call[]) => ({
  total: calls.length,
  answered: calls.filter((call) => call.status === 'COMPLETED').length,
  abandoned: calls.filter((call) => call.status === 'ABANDONED').length,
  missed: calls.filter((call) => call.status === 'MISSED').length,
})

export function callsByHour(calls: readonly Call[], timeZone: string) {
  return Array.from({ length: 24 }, (_, hour) => ({
    hour,
    ...countsOf(calls.filter((call) => local(call.startedAt, timeZone).hour === hour)),
  }))
}

export function callsByDay(calls: readonly Call[], days: readonly string[], timeZone: string) {
  return days.map((start) => ({
    start,
    ...countsOf(calls.filter((call) => local(call.startedAt, timeZone).day === start)),
  }))
}

export function stockFigures(history: History) {
  const levels = [...history.levels.values()]
  const low = history.products.filter((product) => {
    const own = levels.filter((level) => level.productId === product.id)
    const available = own.reduce((sum, level) => sum + level.onHand - level.reserved, 0)
    return product.active && !product.deleted && product.reorderLevel !== null && available <= product.reorderLevel
  })
  return { value: money(levels.reduce((sum, level) => sum + level.cents, 0)), currency: 'GEL', lowStock: low.length }
}

export function workOrderFigures(history: History, period: Period, userId: string | null) {
  const own = history.workOrders.filter(
    (order) =>
      !order.deleted &&
      (userId === null ||
        order.assigneeIds.includes(userId) ||
        (order.assigneeIds.length === 0 && order.createdById === userId)),
  )
  return {
    open: own.filter((order) => !['APPROVED', 'CANCELLED'].includes(order.status)).length,
    approved: own.filter((order) => within(order.approvedAt, period)).length,
  }
}

export function funnelFigures(history: History, period: Period, userId: string | null) {
  const cohort = history.deals.filter(
    (deal) => !deal.deleted && ownDeal(deal, userId) && within(deal.createdAt, period),
  )
  const furthest = cohort.map((deal) =>
    Math.max(...deal.entries.map(({ stage }) => STAGES.indexOf(stage as (typeof STAGES)[number]))),
  )
  const reached = STAGES.map((_, position) => furthest.filter((other) => other >= position).length)
  return STAGES.map((stage, position) => ({
    stage,
    reached: reached[position],
    conversionFromPrevious: position === 0 ? null : rate(reached[position] ?? 0, reached[position - 1] ?? 0),
    conversionFromFirst: rate(reached[position] ?? 0, reached[0] ?? 0),
  }))
}

export function sourceFigures(history: History, period: Period, userId: string | null) {
  const cohort = history.deals.filter(
    (deal) => !deal.deleted && ownDeal(deal, userId) && within(deal.createdAt, period),
  )
  const figures = [...new Set(cohort.map((deal) => deal.source))].map((source) => {
    const deals = cohort.filter((deal) => deal.source === source)
    const of = (kind: string) => deals.filter((deal) => deal.stageKind === kind)
    const won = of('WON')
    return {
      source,
      created: deals.length,
      open: of('OPEN').length,
      won: won.length,
      lost: of('LOST').length,
      conversionRate: rate(won.length, deals.length),
      winRate: rate(won.length, deals.length - of('OPEN').length),
      revenue: money(centsOf(won)),
    }
  })
  return figures.sort((a, b) => b.created - a.created || ((a.source ?? '~') < (b.source ?? '~') ? -1 : 1))
}
