import type { Actor } from '@dealwire/contracts'
import { makeActor, test } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { describe, expect } from 'vitest'
import { type DayText, daysBefore, startOfDay } from '../src/windows/local-day.ts'
import { appOn, get, play } from './bench.ts'
import { type History, makeHistory } from './history.ts'
import {
  callsByDay,
  callsByHour,
  callsOf,
  callTotals,
  dealFigures,
  funnelFigures,
  type Period,
  sourceFigures,
  stockFigures,
  workOrderFigures,
} from './oracle.ts'
import { agentFigures, queueFigures } from './oracle-of-groups.ts'
import { randomFrom } from './random.ts'

// Clocks are turned on 29 March 2026 in Europe and, at midnight, in Beirut.
const CENTER = Date.parse('2026-03-29T12:00:00Z')
const FIRST_DAY: DayText = '2026-03-20'
const DAYS = 14
const QUERY = `from=${FIRST_DAY}&to=2026-04-02`

const day = (index: number) => daysBefore(FIRST_DAY, -index)
const periodOf = (first: number, days: number, timeZone: string): Period => ({
  from: startOfDay(day(first), timeZone),
  to: startOfDay(day(first + days), timeZone),
})

type Told = { readonly app: FastifyInstance; readonly history: History; readonly timeZone: string }

/** A user's own figures, or (null) the company's. */
async function expectDashboard({ app, history, timeZone }: Told, actor: Actor, userId: string | null): Promise<void> {
  const period = periodOf(0, DAYS, timeZone)
  const before = periodOf(-DAYS, DAYS, timeZone)
  const calls = callsOf(history, period, { agentId: userId })
  const { open: _now, ...dealsBefore } = dealFigures(history, before, userId)
  const days = Array.from({ length: DAYS }, (_, index) => day(index))

  const dashboard = await get(app, actor, `/v1/analytics/dashboard?${QUERY}`)
  expect(dashboard.deals).toEqual(dealFigures(history, period, userId))
  expect(dashboard.telephony).toEqual({
    ...callTotals(calls),
    byHour: callsByHour(calls, timeZone),
    series: callsByDay(calls, days, timeZone),
  })
  expect(dashboard.inventory).toEqual(stockFigures(history))
  expect(dashboard.workOrders).toEqual(workOrderFigures(history, period, userId))
  expect(dashboard.previous.deals).toEqual(dealsBefore)
  expect(dashboard.previous.telephony).toEqual(callTotals(callsOf(history, before, { agentId: userId })))
  expect(dashboard.previous.workOrders.approved).toBe(workOrderFigures(history, before, userId).approved)
}

async function expectDealFigures({ app, history, timeZone }: Told, actor: Actor, userId: string | null): Promise<void> {
  const period = periodOf(0, DAYS, timeZone)
  const funnel = await get(app, actor, `/v1/analytics/funnel?${QUERY}`)
  expect(funnel.stages).toEqual(funnelFigures(history, period, userId))
  const sources = await get(app, actor, `/v1/analytics/sources?${QUERY}`)
  expect(sources.sources).toEqual(sourceFigures(history, period, userId))
  const revenue = await get(app, actor, `/v1/analytics/revenue?${QUERY}&granularity=day`)
  expect(revenue.series).toEqual(
    Array.from({ length: DAYS }, (_, index) => {
      const figures = dealFigures(history, periodOf(index, 1, timeZone), userId)
      return { start: day(index), revenue: figures.revenue, count: figures.won }
    }),
  )
}

async function expectFilteredCalls({ app, history, timeZone }: Told, actor: Actor): Promise<void> {
  for (const filter of [{ queue: 'sales' }, { direction: 'OUTBOUND' }, { agentId: history.users[1] ?? '' }]) {
    const calls = callsOf(history, periodOf(0, DAYS, timeZone), filter)
    const overview = await get(
      app,
      actor,
      `/v1/telephony/stats/overview?${QUERY}&${new URLSearchParams({ ...filter })}`,
    )
    expect(overview).toMatchObject(callTotals(calls, 'queue' in filter ? filter.queue : undefined))
  }
}

/** Page by page, so that the cursor is tried as well. */
async function allPages(app: FastifyInstance, actor: Actor, url: string): Promise<unknown[]> {
  const rows: unknown[] = []
  for (let cursor = ''; ; ) {
    const { data, page } = await get(app, actor, `${url}&limit=1${cursor}`)
    rows.push(...data)
    if (page.nextCursor === null) return rows
    cursor = `&cursor=${page.nextCursor}`
  }
}

async function expectGroupedCalls({ app, history, timeZone }: Told, actor: Actor): Promise<void> {
  const calls = callsOf(history, periodOf(0, DAYS, timeZone), {})
  const url = '/v1/telephony/stats'
  expect(await allPages(app, actor, `${url}/agents?${QUERY}`)).toEqual(agentFigures(calls))
  expect(await allPages(app, actor, `${url}/queues?${QUERY}`)).toEqual(queueFigures(calls, {}))
}

describe('figures of a history that is told in random order, with repetitions', () => {
  test.for([
    ['a', 'Asia/Tbilisi'],
    ['b', 'Europe/Berlin'],
    ['c', 'Asia/Beirut'],
    ['d', 'America/Havana'],
    ['e', 'Asia/Kathmandu'],
  ] as const)('equal those of what really happened: history %s in %s', async ([seed, timeZone], { db, actor }) => {
    const database = db.open('analytics')
    const random = randomFrom(seed)
    const admin = { ...actor, company: { ...actor.company, timeZone } }
    const history = makeHistory(random, admin.companyId, CENTER)
    await play(database, random, history.events)

    const told: Told = { app: appOn(database), history, timeZone }
    await expectDashboard(told, admin, null)
    await expectDealFigures(told, admin, null)
    await expectFilteredCalls(told, admin)
    await expectGroupedCalls(told, admin)

    const userId = history.users[0] ?? ''
    const employee = { ...makeActor({ role: 'EMPLOYEE', companyId: admin.companyId, userId }), company: admin.company }
    await expectDashboard(told, employee, userId)
    await expectDealFigures(told, employee, userId)
  })
})
