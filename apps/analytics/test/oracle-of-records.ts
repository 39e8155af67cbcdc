import { money } from './amounts.ts'
import type { History } from './history.ts'
import type { Deal } from './history-of-deals.ts'
import { centsOf, divided, ownDeal, type Period, rate, within } from './oracle.ts'
import { agentFigures } from './oracle-of-groups.ts'

/** The same of what is looked back on: velocity, stock, customers and agents. */
const DAY = 86_400_000

const share = (part: number, whole: number, decimals: number) => {
  if (whole === 0) return null
  const scale = 10 ** decimals
  const rounded = divided(Math.abs(part) * scale, Math.abs(whole)) / scale
  return part < 0 !== whole < 0 && rounded !== 0 ? -rounded : rounded
}

const ownDealsOf = (history: History, userId: string | null) =>
  history.deals.filter((deal) => !deal.deleted && ownDeal(deal, userId))

export function velocityFigures(history: History, period: Period, userId: string | null) {
  const deals = ownDealsOf(history, userId)
  const closed = deals.filter((deal) => within(deal.closedAt, period))
  const won = closed.filter((deal) => deal.stageKind === 'WON')
  const priced = won.filter((deal) => deal.currency === 'GEL')
  const cycleMs = won.reduce((sum, deal) => sum + (deal.closedAt ?? 0) - deal.createdAt, 0)
  const [revenue, value] = [centsOf(won), centsOf(closed)]
  return {
    closed: closed.length,
    won: won.length,
    winRate: rate(won.length, closed.length),
    winRateByValue: rate(revenue, value),
    avgWonValue: priced.length === 0 ? null : money(divided(revenue, priced.length)),
    avgCycleDays: share(cycleMs, won.length * DAY, 2),
    revenuePerDay: priced.length === 0 ? null : money(divided((revenue * won.length * DAY) / 1_000, cycleMs / 1_000)),
    stages: staysOf(deals, period),
    currency: 'GEL',
  }
}

function staysOf(deals: readonly Deal[], period: Period) {
  const stays = deals.flatMap(({ entries }) =>
    entries.flatMap((entry, index) => {
      const next = entries[index + 1]
      return next !== undefined && within(next.at, period) ? [{ stage: entry.stage, ms: next.at - entry.at }] : []
    }),
  )
  return [...new Set(stays.map((stay) => stay.stage))].sort().map((stage) => {
    const own = stays.filter((stay) => stay.stage === stage)
    const ms = own.reduce((sum, stay) => sum + stay.ms, 0)
    return { stage, left: own.length, avgDays: share(ms, own.length * DAY, 2) }
  })
}

/** `days` are the ends of the window's days. */
export function inventoryFigures(history: History, period: Period, days: readonly { date: string; endsAt: number }[]) {
  const upTo = (at: number) => history.movements.filter((one) => one.at < at).reduce((sum, one) => sum + one.cents, 0)
  const values = days.map(({ date, endsAt }) => ({ date, cents: upTo(endsAt) }))
  const total = values.reduce((sum, { cents }) => sum + cents, 0)
  const used = history.movements.filter(
    (one) => within(one.at, period) && (one.kind === 'consumed' || one.kind === 'returned'),
  )
  const cost = 0 - used.reduce((sum, one) => sum + one.cents, 0)
  const products = [...new Set(used.map((one) => one.productId))].map((productId) => {
    const own = used.filter((one) => one.productId === productId)
    return {
      productId,
      name: history.products.find((product) => product.id === productId)?.deleted === true ? null : 'Product',
      quantity: 0 - own.reduce((sum, one) => sum + one.quantity, 0),
      cents: 0 - own.reduce((sum, one) => sum + one.cents, 0),
    }
  })
  return {
    consumptionCost: money(cost),
    averageValue: money(divided(total, days.length)),
    turnover: share(cost * days.length, total, 4),
    topConsumed: products
      .sort((a, b) => b.cents - a.cents || (a.productId < b.productId ? -1 : 1))
      .map(({ cents, ...product }) => ({ ...product, cost: money(cents) })),
    value: values.map(({ date, cents }) => ({ date, value: money(cents) })),
    currency: 'GEL',
  }
}

/** Newest first. */
export function marginFigures(history: History, period: Period, userId: string | null) {
  return ownDealsOf(history, userId)
    .filter((deal) => deal.stageKind === 'WON' && within(deal.closedAt, period))
    .sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0))
    .map((deal) => {
      const orders = history.workOrders.filter((order) => order.dealId === deal.id && !order.deleted)
      const orderIds = new Set<string | null>(orders.map((order) => order.id))
      const cost =
        0 -
        history.movements
          .filter((one) => orderIds.has(one.workOrderId) && (one.kind === 'consumed' || one.kind === 'returned'))
          .reduce((sum, one) => sum + one.cents, 0)
      return {
        dealId: deal.id,
        closedAt: new Date(deal.closedAt ?? 0).toISOString(),
        revenue: money(deal.cents),
        cost: money(cost),
        margin: money(deal.cents - cost),
        marginRate: share(deal.cents - cost, deal.cents, 4),
        currency: deal.currency,
      }
    })
}

export function activityFigures(history: History, period: Period, userId: string | null) {
  const own = ownActivitiesOf(history, userId)
  return {
    created: own.filter((activity) => within(activity.createdAt, period)).length,
    done: own.filter((activity) => within(activity.doneAt, period)).length,
  }
}

function ownActivitiesOf(history: History, userId: string | null) {
  return history.activities.filter(
    (one) =>
      !one.deleted &&
      (userId === null || one.assignedToId === userId || (one.assignedToId === null && one.createdById === userId)),
  )
}

export function profileFigures(history: History, customerId: string, since: number, userId: string | null) {
  const deals = ownDealsOf(history, userId).filter((deal) => deal.customerId === customerId)
  const of = (kind: string, from = 0) =>
    deals.filter((deal) => deal.stageKind === kind && (kind === 'OPEN' || (deal.closedAt ?? 0) >= from))
  const calls = history.calls.filter(
    (call) => call.customerId === customerId && call.startedAt >= since && (userId === null || call.agentId === userId),
  )
  const talk = calls.reduce((sum, call) => sum + Math.round(call.talkSeconds * 1_000), 0)
  const orders = history.workOrders.filter(
    (order) =>
      order.customerId === customerId &&
      !order.deleted &&
      (userId === null ||
        order.assigneeIds.includes(userId) ||
        (order.assigneeIds.length === 0 && order.createdById === userId)),
  )
  return {
    customerId,
    openDeals: of('OPEN').length,
    openValue: money(centsOf(of('OPEN'))),
    openWorkOrders: orders.filter((order) => order.status !== 'APPROVED').length,
    lifetimeRevenue: money(centsOf(of('WON'))),
    last180Days: {
      dealsWon: of('WON', since).length,
      dealsLost: of('LOST', since).length,
      revenue: money(centsOf(of('WON', since))),
      calls: calls.length,
      callsAnswered: calls.filter((call) => call.status === 'COMPLETED').length,
      talkSeconds: talk / 1_000,
      workOrdersApproved: orders.filter((order) => (order.approvedAt ?? 0) >= since).length,
      activitiesDone: ownActivitiesOf(history, userId).filter(
        (one) => one.customerId === customerId && (one.doneAt ?? 0) >= since,
      ).length,
    },
  }
}

/** By agent, from an instant on; nobody has a name, so the order is that of the ids. */
export function agentWindowFigures(history: History, since: number) {
  const calls = history.calls.filter((call) => call.startedAt >= since)
  const byAgent = new Map(agentFigures(calls).map((row) => [row.agentId, row]))
  const closed = history.deals.filter((deal) => !deal.deleted && (deal.closedAt ?? 0) >= since)
  const approved = history.workOrders.filter((order) => !order.deleted && (order.approvedAt ?? 0) >= since)
  const done = history.activities.filter((one) => !one.deleted && (one.doneAt ?? 0) >= since)
  const doneBy = (agentId: string) => done.filter((one) => (one.assignedToId ?? one.createdById) === agentId).length
  return history.users
    .map((agentId) => {
      const row = byAgent.get(agentId)
      const deals = closed.filter((deal) => deal.ownerId === agentId)
      const won = deals.filter((deal) => deal.stageKind === 'WON')
      return {
        agentId,
        callsOffered: row?.offered ?? 0,
        callsAnswered: row?.answered ?? 0,
        talkSeconds: row?.talkSeconds ?? 0,
        ahtSeconds: row?.ahtSeconds ?? null,
        dealsWon: won.length,
        dealsLost: deals.length - won.length,
        winRate: rate(won.length, deals.length),
        revenue: money(centsOf(won)),
        workOrdersApproved: approved.filter((order) => order.assigneeIds.includes(agentId)).length,
        activitiesDone: doneBy(agentId),
      }
    })
    .filter((row) => row.callsOffered + row.dealsWon + row.dealsLost + row.workOrdersApproved + row.activitiesDone > 0)
    .sort((a, b) => (a.agentId < b.agentId ? -1 : 1))
}

/** Whatever happened with a customer, newest first, as kind and subject. */
export function timelineOf(history: History, customerId: string): string[] {
  const entry = (at: number, kind: string, id: string) => ({ at, text: `${new Date(at).toISOString()} ${kind} ${id}` })
  const deals = history.deals.filter((deal) => deal.customerId === customerId)
  const calls = history.calls.filter((call) => call.customerId === customerId)
  const activities = history.activities.filter(
    (one) => one.customerId === customerId && !one.deleted && one.callId === null,
  )
  return [
    ...deals.flatMap((deal) =>
      deal.entries.map(({ stage, at }) => {
        const closed = { CLOSED_WON: 'deal.won', CLOSED_LOST: 'deal.lost' }[stage]
        return entry(at, closed ?? (at === deal.createdAt ? 'deal.created' : 'deal.stage-changed'), deal.id)
      }),
    ),
    ...calls.map((call) => entry(call.startedAt, 'call.ended', call.id)),
    ...activities.map(({ id, doneAt, createdAt }) =>
      doneAt === null ? entry(createdAt, 'activity.created', id) : entry(doneAt, 'activity.completed', id),
    ),
  ]
    .sort((a, b) => b.at - a.at || (a.text < b.text ? -1 : 1))
    .map(({ text }) => text)
}
