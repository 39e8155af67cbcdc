import type { Actor } from '@dealwire/contracts'
import { makeActor, test } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { describe, expect } from 'vitest'
import { recountStale } from '../src/calls/recount-stale.ts'
import { rollMonths } from '../src/calls/roll-months.ts'
import { type DayText, daysBefore, startOfDay } from '../src/windows/local-day.ts'
import { allPages, appOn, get, play, project } from './bench.ts'
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
import { activityFigures } from './oracle-of-records.ts'
import { randomFrom } from './random.ts'

// Clocks are turned on 29 March 2026 in Europe and, at midnight, in Beirut.
const never = new AbortController().signal
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
  expect(dashboard.activities).toMatchObject(activityFigures(history, period, userId))
  expect(dashboard.previous.activities).toEqual(activityFigures(history, before, userId))
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

async function expectGroupedCalls({ app, history, timeZone }: Told, actor: Actor): Promise<void> {
  const calls = callsOf(history, periodOf(0, DAYS, timeZone), {})
  const url = '/v1/telephony/stats'
  expect(await allPages(app, actor, `${url}/agents?${QUERY}`)).toEqual(agentFigures(calls))
  expect(await allPages(app, actor, `${url}/queues?${QUERY}`)).toEqual(queueFigures(calls, {}))
}

type Seconds = Readonly<Record<string, number | null>>

/** Each percentile within 5 % of the exact one, or half a second. */
function expectClose(estimated: Seconds, exact: Seconds): void {
  expect(Object.keys(estimated)).toEqual(Object.keys(exact))
  for (const [name, value] of Object.entries(exact)) {
    if (value === null) expect(estimated[name]).toBeNull()
    else
      expect(Math.abs((estimated[name] ?? Number.NaN) - value), `${name} of ${value}`).toBeLessThanOrEqual(
        Math.max(0.5, 0.0501 * value),
      )
  }
}

const LONG_DAYS = 60
const LONG_FIRST: DayText = '2026-02-25'
const LONG_QUERY = `from=${LONG_FIRST}&to=2026-04-25`

async function expectLongWindows({ app, history, timeZone }: Told, actor: Actor): Promise<void> {
  const days = Array.from({ length: LONG_DAYS }, (_, index) => daysBefore(LONG_FIRST, -index))
  const whole = { from: startOfDay(LONG_FIRST, timeZone), to: startOfDay('2026-04-26', timeZone) }
  const cut = { from: Date.parse('2026-02-25T10:15:00.500Z'), to: Date.parse('2026-04-20T09:30:00Z') }
  const cutQuery = `from=${new Date(cut.from).toISOString()}&to=${new Date(cut.to).toISOString()}`
  const cases = [
    { query: LONG_QUERY, period: whole, filter: {} },
    { query: cutQuery, period: cut, filter: {} },
    { query: cutQuery, period: cut, filter: { queue: 'sales' } },
    { query: LONG_QUERY, period: whole, filter: { direction: 'INBOUND' } },
  ]
  for (const { query, period, filter } of cases) {
    const calls = callsOf(history, period, filter)
    const url = `/v1/telephony/stats/overview?${query}&${new URLSearchParams({ ...filter })}`
    const { wait, talk, percentiles, byHour, series, meta: _meta, ...counted } = await get(app, actor, url)
    const exact = callTotals(calls, 'queue' in filter ? filter.queue : undefined)
    const { wait: exactWait, talk: exactTalk, percentiles: _exact, ...exactCounted } = exact
    expect(counted).toEqual(exactCounted)
    expect(percentiles).toEqual({ method: 'histogram', maxRelativeError: 0.05 })
    expectClose(wait, exactWait)
    expectClose(talk, exactTalk)
    expect(byHour).toEqual(callsByHour(calls, timeZone))
    if (period === whole) expect(series).toEqual(callsByDay(calls, days, timeZone))
  }
  const calls = callsOf(history, whole, {})
  expect(await allPages(app, actor, `/v1/telephony/stats/agents?${LONG_QUERY}`)).toEqual(agentFigures(calls))
  const queues = (await allPages(app, actor, `/v1/telephony/stats/queues?${LONG_QUERY}`)) as { wait: Seconds }[]
  for (const [index, { wait, ...exact }] of queueFigures(calls, {}).entries()) {
    expect(queues[index]).toMatchObject(exact)
    expectClose(queues[index]?.wait ?? {}, wait)
  }
  const dashboard = await get(app, actor, `/v1/analytics/dashboard?${LONG_QUERY}`)
  expect(dashboard.telephony).toMatchObject({ total: calls.length, percentiles: { method: 'histogram' } })
}

describe('figures of a history that is told in random order, with repetitions and crashes', () => {
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
    const history = makeHistory(random, admin.companyId, CENTER, timeZone)
    // Known first, all days are kept by differences; else a change of the time zone has them counted anew.
    const isZoneKnown = seed !== 'b' && seed !== 'd'
    if (isZoneKnown) await project(database, history.events.slice(0, 2))
    // Months are added up before all is told: late calls are in the figures all the same.
    await play(database, random, random.shuffle(history.events).slice(0, history.events.length / 2))
    await rollMonths(database, never)
    await play(database, random, history.events)

    const told: Told = { app: appOn(database), history, timeZone }
    await expectDashboard(told, admin, null)
    await expectDealFigures(told, admin, null)
    await expectFilteredCalls(told, admin)
    await expectGroupedCalls(told, admin)
    if (!isZoneKnown) await recountStale(database, () => undefined, never)
    await expectLongWindows(told, admin)
    await rollMonths(database, never)
    await expectLongWindows(told, admin)
    await play(database, random, history.events)
    await expectLongWindows(told, admin)

    const userId = history.users[0] ?? ''
    const employee = { ...makeActor({ role: 'EMPLOYEE', companyId: admin.companyId, userId }), company: admin.company }
    await expectDashboard(told, employee, userId)
    await expectDealFigures(told, employee, userId)
  })
})
