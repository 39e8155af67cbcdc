import { randomUUID } from 'node:crypto'
import type { Actor } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { makeActor, test } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { describe, expect } from 'vitest'
import { snapshotAgentsOf } from '../src/agents/snapshot-agents.ts'
import { snapshotForecast } from '../src/forecast/snapshot-forecasts.ts'
import { type DayText, dayAt, daysBefore, startOfDay } from '../src/windows/local-day.ts'
import { allPages, appOn, get, play } from './bench.ts'
import { type History, makeHistory } from './history.ts'
import type { Period } from './oracle.ts'
import { bridgeOf, dealsKnownBy, forecastFigures, type Open, openOf } from './oracle-of-forecast.ts'
import {
  agentWindowFigures,
  inventoryFigures,
  marginFigures,
  profileFigures,
  timelineOf,
  velocityFigures,
} from './oracle-of-records.ts'
import { type Random, randomFrom } from './random.ts'

const DAYS = 30
const zones = ['Asia/Tbilisi', 'America/Havana', 'Australia/Lord_Howe', 'Asia/Beirut'] as const

/** New ones every time; `ORACLE_SEED` repeats one that failed. */
const seeds = [process.env['ORACLE_SEED'] ?? randomUUID().slice(0, 8), 'always']

type Told = {
  readonly app: FastifyInstance
  readonly database: Database
  readonly history: History
  readonly timeZone: string
  readonly lastDay: DayText
}

const windowOf = ({ timeZone, lastDay }: Told): Period & { readonly query: string } => ({
  from: startOfDay(daysBefore(lastDay, DAYS - 1), timeZone),
  to: startOfDay(daysBefore(lastDay, -1), timeZone),
  query: `from=${daysBefore(lastDay, DAYS - 1)}&to=${lastDay}`,
})

async function expectDeals(told: Told, actor: Actor, userId: string | null): Promise<void> {
  const { app, history } = told
  const { query, ...period } = windowOf(told)
  const { meta: _, ...velocity } = await get(app, actor, `/v1/analytics/velocity?${query}`)
  expect(velocity).toEqual(velocityFigures(history, period, userId))
  const margins = await allPages(app, actor, `/v1/analytics/margins?${query}`)
  expect(margins).toEqual(marginFigures(history, period, userId))
}

type Behind = { readonly page: { readonly total: number }; readonly data: readonly unknown[] }

/** The lists behind the dashboard, the overview and the lead sources. */
async function expectDrillDown(told: Told, actor: Actor): Promise<void> {
  const { app } = told
  const { query } = windowOf(told)
  const figures = await get(app, actor, `/v1/analytics/dashboard?${query}`)
  const lists = {
    deals: { path: 'deals', names: ['open', 'created', 'won', 'lost'] },
    telephony: { path: 'calls', names: ['total', 'answered', 'missed', 'abandoned'] },
    workOrders: { path: 'work-orders', names: ['open', 'approved'] },
    activities: { path: 'activities', names: ['created', 'done', 'overdue'] },
  }
  for (const [panel, { path, names }] of Object.entries(lists)) {
    for (const figure of names) {
      const url = `/v1/analytics/${path}?figure=${figure}&${query}`
      const { page }: Behind = await get(app, actor, `${url}&limit=1&count=exact`)
      expect(page.total, `${panel} ${figure}`).toBe(figures[panel][figure])
      expect(await allPages(app, actor, url, 7)).toHaveLength(page.total)
    }
  }
  const won = (await allPages(app, actor, `/v1/analytics/deals?figure=won&${query}`, 50)) as Record<string, string>[]
  const cents = won.reduce((sum, { value, currency }) => sum + (currency === 'GEL' ? Number(value) * 100 : 0), 0)
  expect((cents / 100).toFixed(2)).toBe(figures.deals.revenue)
  const filtered = `${query}&queue=sales&direction=INBOUND`
  const overview = await get(app, actor, `/v1/telephony/stats/overview?${filtered}`)
  const calls = await get(app, actor, `/v1/analytics/calls?figure=answered&${filtered}&count=exact`)
  expect(calls.page.total).toBe(overview.answered)
}

const totalOf = async ({ app }: Told, actor: Actor, url: string): Promise<number> =>
  (await get(app, actor, `${url}&limit=1&count=exact`)).page.total

/** The lists behind each lead source, each step of the funnel, and the won deals that make up the revenue. */
async function expectDealsBehind(told: Told, actor: Actor): Promise<void> {
  const { query } = windowOf(told)
  const { sources } = await get(told.app, actor, `/v1/analytics/sources?${query}`)
  for (const { source, created, open, won, lost } of sources) {
    const url = `/v1/analytics/deals?${query}&source=${source ?? 'NONE'}`
    expect(await totalOf(told, actor, url)).toBe(created)
    for (const [stageKind, number] of Object.entries({ OPEN: open, WON: won, LOST: lost }))
      expect(await totalOf(told, actor, `${url}&stageKind=${stageKind}`), `${source} ${stageKind}`).toBe(number)
  }
  for (const cohort of ['created', 'closed']) {
    const { stages } = await get(told.app, actor, `/v1/analytics/funnel?${query}&cohort=${cohort}`)
    for (const { stage, reached } of stages) {
      const url = `/v1/analytics/funnel/deals?${query}&cohort=${cohort}&stage=${stage}`
      expect(await totalOf(told, actor, url), `${cohort} ${stage}`).toBe(reached)
      expect(await allPages(told.app, actor, url, 9)).toHaveLength(reached)
    }
  }
  const { series } = await get(told.app, actor, `/v1/analytics/revenue?${query}`)
  const counted = series.reduce((sum: number, { count }: { count: number }) => sum + count, 0)
  expect(await totalOf(told, actor, `/v1/analytics/deals?figure=won&${query}`)).toBe(counted)
}

async function expectStock(told: Told, actor: Actor): Promise<void> {
  const { query, ...period } = windowOf(told)
  const days = Array.from({ length: DAYS }, (_, index) => daysBefore(told.lastDay, DAYS - 1 - index)).map((date) => ({
    date,
    endsAt: startOfDay(daysBefore(date, -1), told.timeZone),
  }))
  const { meta: _, ...figures } = await get(told.app, actor, `/v1/analytics/inventory?${query}`)
  expect(figures).toEqual(inventoryFigures(told.history, period, days))
}

async function expectCustomers({ app, history, timeZone }: Told, actor: Actor, userId: string | null): Promise<void> {
  const since = startOfDay(daysBefore(dayAt(Date.now(), timeZone), 179), timeZone)
  for (const customerId of history.customers) {
    const profile = await get(app, actor, `/v1/analytics/customers/${customerId}/profile`)
    expect(profile).toMatchObject(profileFigures(history, customerId, since, userId))
    if (userId !== null) continue
    const entries = await allPages(app, actor, `/v1/analytics/customers/${customerId}/timeline`, 7)
    const shown = (entries as { occurredAt: string; kind: string; subjectId: string }[])
      .filter(({ kind }) => !kind.startsWith('work-order.'))
      .map(({ occurredAt, kind, subjectId }) => `${occurredAt} ${kind} ${subjectId}`)
    expect(shown.toSorted()).toEqual(timelineOf(history, customerId).toSorted())
    expect(shown.map((line) => line.slice(0, 24))).toEqual(
      timelineOf(history, customerId).map((line) => line.slice(0, 24)),
    )
  }
}

async function expectAgents(told: Told, actor: Actor, userId: string | null): Promise<void> {
  const { app, database, history, timeZone } = told
  await snapshotAgentsOf(database, history.companyId)
  for (const windowDays of [7, 30, 90]) {
    const since = startOfDay(daysBefore(dayAt(Date.now(), timeZone), windowDays - 1), timeZone)
    const all = agentWindowFigures(history, since)
    const ranked = all
      .map((row) => ({ ...row, rank: 1 + all.filter((other) => Number(other.revenue) > Number(row.revenue)).length }))
      .sort((a, b) => a.rank - b.rank || (a.agentId < b.agentId ? -1 : 1))
    const own = <Row extends { agentId: string }>(rows: readonly Row[]) =>
      rows.filter((row) => userId === null || row.agentId === userId)
    const asked = `windowDays=${windowDays}`
    expect(await allPages(app, actor, `/v1/analytics/agents?${asked}`)).toMatchObject(own(all))
    expect(await allPages(app, actor, `/v1/analytics/leaderboard?${asked}`)).toMatchObject(own(ranked))
  }
}

/** Some events come, a night passes, more come… in no order at all, so that deals go back and forth between nights. */
async function expectNights({ app, database, history, timeZone }: Told, actor: Actor, random: Random): Promise<void> {
  const events = random.shuffle(history.events)
  const nights = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04']
  let was: ReadonlyMap<string, Open> = new Map()
  let bridges: object[] = []
  for (const [index, today] of nights.entries()) {
    const told = events.slice(0, Math.ceil(((index + 1) * events.length) / nights.length))
    await play(database, random, told)
    await snapshotForecast(database, { company_id: history.companyId, currency: 'GEL', today })
    const known = dealsKnownBy(told)
    const now = openOf(known)
    const wonIds = new Set(known.filter((deal) => deal.stageKind === 'WON').map((deal) => deal.id))
    const { months, total } = bridgeOf(was, now, wonIds)
    bridges = [...bridges, { takenOn: today, currency: 'GEL', months, total }]
    was = now
  }
  const url = '/v1/analytics/forecast/history?from=2026-03-01&to=2026-03-04'
  expect((await get(app, actor, url)).snapshots).toEqual(bridges)

  const months = ['2026-02', '2026-03', '2026-04', '2026-05']
  const forecast = await get(app, actor, '/v1/analytics/forecast?from=2026-02-10&to=2026-05-02')
  expect(forecast).toMatchObject(forecastFigures(dealsKnownBy(history.events), months, timeZone))
}

describe('what is looked back on equals what really happened', () => {
  test.for(zones.flatMap((timeZone) => seeds.map((seed) => [seed, timeZone] as const)))(
    'velocity, margins, stock, customers, agents, and lists behind figures: seed %s in %s',
    async ([seed, timeZone], { db, actor }) => {
      const random = randomFrom(`${seed} ${timeZone}`)
      const admin = { ...actor, company: { ...actor.company, timeZone } }
      // The windows of agents and customers end today.
      const center = Date.now() - 30 * 86_400_000
      const history = makeHistory(random, admin.companyId, center, timeZone)
      const database = db.open('analytics')
      const told: Told = { app: appOn(database), database, history, timeZone, lastDay: dayAt(center, timeZone) }
      await play(database, random, history.events)
      const userId = history.users[0] ?? ''
      const employee = {
        ...makeActor({ role: 'EMPLOYEE', companyId: admin.companyId, userId }),
        company: admin.company,
      }
      await expectStock(told, admin)
      for (const [who, own] of [[admin, null] as const, [employee, userId] as const]) {
        await expectDeals(told, who, own)
        await expectDrillDown(told, who)
        await expectDealsBehind(told, who)
        await expectCustomers(told, who, own)
        await expectAgents(told, who, own)
      }
    },
  )

  test.for(seeds.map((seed) => [seed] as const))(
    'the forecast, and each night’s bridge to the cent: seed %s',
    async ([seed], { db, actor }) => {
      const timeZone = 'Asia/Tbilisi'
      const random = randomFrom(`nights ${seed}`)
      const history = makeHistory(random, actor.companyId, Date.parse('2026-03-29T12:00:00Z'), timeZone)
      const admin = { ...actor, company: { ...actor.company, timeZone } }
      const database = db.open('analytics')
      await expectNights({ app: appOn(database), database, history, timeZone, lastDay: '2026-03-29' }, admin, random)
    },
  )
})
