import type { Envelope } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import type { AnyEvent } from '@dealwire/messaging'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { identityHeaders, makeActor, TEST_INTERNAL_SECRET, test } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { describe, expect } from 'vitest'
import { buildApp } from '../src/app.ts'
import { subscriptions } from '../src/subscriptions.ts'
import { type DayText, daysBefore, startOfDay } from '../src/windows/local-day.ts'
import { makeHistory } from './history.ts'
import {
  callsByDay,
  callsByHour,
  callsOf,
  callTotals,
  dealFigures,
  funnelFigures,
  type Period,
  stockFigures,
  workOrderFigures,
} from './oracle.ts'
import { type Random, randomFrom } from './random.ts'

const handler = subscriptions[0].handlers[0]
const CENTER = Date.parse('2026-03-29T12:00:00Z')

function appOn(database: Database): FastifyInstance {
  return buildApp({
    database,
    lag: { caughtUpAt: () => Date.now() },
    logger: createLogger({ service: 'analytics', level: 'silent' }),
    metrics: createMetrics('analytics'),
    internalSecret: TEST_INTERNAL_SECRET,
    validateResponses: true,
  })
}

/** As the consumer does: parsed by the spec of its type; unknown types dropped. */
function read(event: Envelope): AnyEvent[] {
  const spec = handler.specs.find((one) => one.type === event.type)
  return spec === undefined ? [] : [{ ...event, data: spec.data.parse(structuredClone(event.data)) }]
}

/** In random order, some of them twice or three times, in batches of random size. */
async function play(database: Database, random: Random, events: readonly Envelope[]): Promise<void> {
  const told = random.shuffle(
    events.flatMap((event) => Array.from({ length: 1 + (random.chance(0.2) ? 1 + random.below(2) : 0) }, () => event)),
  )
  for (let next = 0; next < told.length; ) {
    const batch = told.slice(next, next + 1 + random.below(200)).flatMap(read)
    next += batch.length
    await withTx(database, (tx) => handler.apply(tx, batch))
  }
}

async function get(app: FastifyInstance, actor: ReturnType<typeof makeActor>, url: string, status = 200) {
  const answer = await app.inject({ url, headers: identityHeaders(actor, 'analytics') })
  expect(answer.statusCode, answer.body).toBe(status)
  return answer.json()
}

describe('figures of a history that is told in random order, with repetitions', () => {
  for (const [seed, timeZone] of [
    ['a', 'Asia/Tbilisi'],
    ['b', 'Europe/Berlin'],
    ['c', 'Asia/Beirut'],
    ['d', 'America/Havana'],
  ] as const) {
    test(`equal those of what really happened (history ${seed}, ${timeZone})`, async ({ db }) => {
      const database = db.open('analytics')
      const app = appOn(database)
      const random = randomFrom(seed)
      const admin = { ...makeActor(), company: { ...makeActor().company, timeZone } }
      const history = makeHistory(random, admin.companyId, CENTER)
      await play(database, random, history.events)

      const days = ['2026-03-20', '2026-04-02'] as const
      const period: Period = { from: startOfDay(days[0], timeZone), to: startOfDay('2026-04-03', timeZone) }
      const before: Period = { from: startOfDay(daysBefore(days[0], 14), timeZone), to: period.from }
      const query = `from=${days[0]}&to=${days[1]}`
      const eachDay = Array.from({ length: 14 }, (_, index) => daysBefore(days[0] as DayText, -index))

      for (const userId of [null, history.users[0] ?? null]) {
        const actor =
          userId === null
            ? admin
            : { ...makeActor({ role: 'EMPLOYEE', companyId: admin.companyId, userId }), company: admin.company }
        const calls = callsOf(history, period, { agentId: userId })
        const earlier = callsOf(history, before, { agentId: userId })
        const { open: _now, ...dealsBefore } = dealFigures(history, before, userId)

        const dashboard = await get(app, actor, `/v1/analytics/dashboard?${query}`)
        expect(dashboard.deals).toEqual(dealFigures(history, period, userId))
        expect(dashboard.telephony).toEqual({
          ...callTotals(calls),
          byHour: callsByHour(calls, timeZone),
          series: callsByDay(calls, eachDay, timeZone),
        })
        expect(dashboard.inventory).toEqual(stockFigures(history))
        expect(dashboard.workOrders).toEqual(workOrderFigures(history, period, userId))
        expect(dashboard.previous.deals).toEqual(dealsBefore)
        expect(dashboard.previous.telephony).toEqual(callTotals(earlier))
        expect(dashboard.previous.workOrders.approved).toBe(workOrderFigures(history, before, userId).approved)

        const funnel = await get(app, actor, `/v1/analytics/funnel?${query}`)
        expect(funnel.stages).toEqual(funnelFigures(history, period, userId))
        const revenue = await get(app, actor, `/v1/analytics/revenue?${query}&granularity=day`)
        expect(revenue.series).toEqual(
          eachDay.map((start) => {
            const day = { from: startOfDay(start, timeZone), to: startOfDay(daysBefore(start, -1), timeZone) }
            const { revenue, won } = dealFigures(history, day, userId)
            return { start, revenue, count: won }
          }),
        )
      }

      for (const filter of [{ queue: 'sales' }, { direction: 'OUTBOUND' }, { agentId: history.users[1] ?? '' }]) {
        const calls = callsOf(history, period, filter)
        const overview = await get(
          app,
          admin,
          `/v1/telephony/stats/overview?${query}&${new URLSearchParams(filter as Record<string, string>)}`,
        )
        expect(overview).toMatchObject(callTotals(calls, 'queue' in filter ? filter.queue : undefined))
      }

      const stranger = makeActor()
      const nothing = await get(app, stranger, `/v1/analytics/dashboard?${query}`)
      expect(nothing).toMatchObject({
        deals: { open: 0, winRate: null, revenue: '0.00', avgCycleDays: null },
        telephony: { total: 0, answerRate: null, asaSeconds: null },
      })
    })
  }
})
