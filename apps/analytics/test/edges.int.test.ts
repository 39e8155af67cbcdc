import { randomUUID } from 'node:crypto'
import { createCache } from '@dealwire/cache'
import { withTx } from '@dealwire/db/client'
import { createMetrics } from '@dealwire/telemetry'
import { makeActor, test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { dropKeptFigures } from '../src/figures/drop-kept-figures.ts'
import { subscriptionsOf } from '../src/subscriptions.ts'
import { appOn, get, logger, project } from './bench.ts'
import { at, call, customerCreated, deal, event } from './events.ts'

describe('windows', () => {
  test.for([
    '/v1/analytics/dashboard?from=2026-03-02&to=2026-03-01',
    '/v1/analytics/dashboard?from=2026-03-02&to=2026-03-01T10:00:00Z',
    '/v1/analytics/dashboard?from=yesterday',
    '/v1/analytics/dashboard?from=2026-02-30',
    '/v1/analytics/dashboard?from=0001-01-01&to=9999-12-31',
    '/v1/analytics/dashboard?until=2026-03-01',
    '/v1/analytics/funnel?from=2020-01-01&to=2026-01-01',
    '/v1/analytics/funnel?cohort=lost',
    '/v1/analytics/revenue?granularity=hour',
    '/v1/telephony/stats/overview?granularity=hour&from=2026-01-01&to=2026-03-01',
    '/v1/telephony/stats/overview?direction=UP',
  ])('that make no sense are 400: %s', async (url, { db, actor }) => {
    const answer = await get(appOn(db.open('analytics')), actor, url, 400)
    expect(answer.code).toBe('validation_failed')
    expect(answer.errors).not.toHaveLength(0)
  })

  test('a call at midnight belongs to the day that begins, in the time zone of whoever asks', async ({ db, actor }) => {
    const database = db.open('analytics')
    const midnightInTbilisi = '2026-03-09T20:00:00.000Z'
    await project(database, [
      event('crm.telephony.call.ended', actor.companyId, randomUUID(), 1, call(randomUUID(), midnightInTbilisi)),
    ])
    const app = appOn(database)
    const daily = async (timeZone: string, day: string) => {
      const asked = { ...actor, company: { ...actor.company, timeZone } }
      const overview = await get(app, asked, `/v1/telephony/stats/overview?from=${day}&to=${day}`)
      return overview.total
    }
    expect(await daily('Asia/Tbilisi', '2026-03-10')).toBe(1)
    expect(await daily('Asia/Tbilisi', '2026-03-09')).toBe(0)
    expect(await daily('UTC', '2026-03-09')).toBe(1)
  })

  test('the hour that an autumn night has twice is two hours of the series', async ({ db, actor }) => {
    const database = db.open('analytics')
    const calls = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'].map((start) =>
      event('crm.telephony.call.ended', actor.companyId, randomUUID(), 1, call(randomUUID(), start)),
    )
    await project(database, calls)
    const inBerlin = { ...actor, company: { ...actor.company, timeZone: 'Europe/Berlin' } }
    const url = '/v1/telephony/stats/overview?from=2026-10-25&to=2026-10-25&granularity=hour'
    const overview = await get(appOn(database), inBerlin, url)
    expect(overview.series).toHaveLength(25)
    expect(overview.series.filter((hour: { total: number }) => hour.total === 1)).toHaveLength(2)
    expect(overview.byHour[2].total).toBe(2)
  })
})

describe('an hourly series', () => {
  test('adds up to the total where clocks are turned by half an hour', async ({ db, actor }) => {
    const database = db.open('analytics')
    // On 5 April 2026, at 15:00 UTC of the day before, Lord Howe goes from 11 hours ahead to 10:30.
    const starts = ['14:10', '14:40', '15:10', '15:40', '16:10', '16:40'].map((time) => `2026-04-04T${time}:00.000Z`)
    await project(
      database,
      starts.map((start) => {
        const told = call(randomUUID(), start)
        return event('crm.telephony.call.ended', actor.companyId, told.call.id, 1, told)
      }),
    )
    const there = { ...actor, company: { ...actor.company, timeZone: 'Australia/Lord_Howe' } }
    const url = '/v1/telephony/stats/overview?from=2026-04-05&to=2026-04-05&granularity=hour'
    const { total, series } = await get(appOn(database), there, url)
    expect(series.reduce((sum: number, hour: { total: number }) => sum + hour.total, 0)).toBe(total)
    expect(total).toBe(starts.length)
  })

  test('is refused beyond 32 days, and the answer says what to ask instead', async ({ db, actor }) => {
    const url = '/v1/telephony/stats/overview?granularity=hour&from=2026-01-01&to=2026-03-01'
    const { detail } = await get(appOn(db.open('analytics')), actor, url, 400)
    expect(detail).toContain('32 days')
    expect(detail).toContain('granularity=day')
  })
})

describe('who sees what', () => {
  test('a user with own figures only cannot ask for another agent’s', async ({ db, actor }) => {
    const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
    const app = appOn(db.open('analytics'))
    await get(app, employee, `/v1/telephony/stats/overview?agentId=${actor.userId}`, 403)
    await get(app, employee, `/v1/telephony/stats/overview?agentId=${employee.userId}`)
  })

  test('another company’s events are in no figure, and its customer is not found', async ({ db, actor, stranger }) => {
    const database = db.open('analytics')
    const customerId = randomUUID()
    await project(database, [
      customerCreated(stranger.companyId, customerId),
      event('crm.deals.deal.created', stranger.companyId, randomUUID(), 1, deal(randomUUID(), customerId)),
      event('crm.telephony.call.ended', stranger.companyId, randomUUID(), 1, call(randomUUID(), at)),
    ])
    const app = appOn(database)
    const dashboard = await get(app, actor, '/v1/analytics/dashboard?from=2026-03-01&to=2026-03-31')
    expect(dashboard).toMatchObject({
      deals: { open: 0, winRate: null, revenue: '0.00', avgCycleDays: null },
      telephony: { total: 0, answerRate: null, abandonRate: null, asaSeconds: null, serviceLevel: { percent: null } },
      inventory: { value: '0.00', lowStock: 0 },
    })
    const missing = await get(app, actor, `/v1/analytics/customers/${customerId}/timeline`, 404)
    const unknown = await get(app, actor, `/v1/analytics/customers/${randomUUID()}/timeline`, 404)
    expect(missing.code).toBe(unknown.code)
    await get(app, stranger, `/v1/analytics/customers/${customerId}/timeline`)
    await get(app, actor, `/v1/analytics/funnel?pipelineId=${randomUUID()}`, 404)
    await get(app, actor, `/v1/analytics/velocity?pipelineId=${randomUUID()}`, 404)
    await get(app, actor, `/v1/analytics/funnel/deals?pipelineId=${randomUUID()}`, 404)
    const { detail } = await get(app, actor, '/v1/analytics/funnel/deals?stage=NOWHERE', 404)
    expect(detail).toContain('LEAD, QUALIFIED, NEGOTIATION, CLOSED_WON')
    await get(app, actor, `/v1/analytics/agents?agentId=${randomUUID()}`, 404)
  })
})

describe('queues and agents', () => {
  const visit = (queue: string, waitSeconds: number, outcome = 'answered') => ({
    queueVisits: [{ queue, enteredAt: at, outcome, waitSeconds }],
    queue,
  })

  test('a queue is judged by its own threshold, by the formula that is asked for', async ({ db, actor }) => {
    const database = db.open('analytics')
    const queue = { key: 'vip', name: 'VIP', slaThresholdSeconds: 10, shortAbandonSeconds: 5, includeAbandoned: true }
    const waits = [visit('vip', 10), visit('vip', 10.001), visit('vip', 4.9, 'abandoned'), visit('vip', 5, 'abandoned')]
    await project(database, [
      ...waits.map((one) =>
        event('crm.telephony.call.ended', actor.companyId, randomUUID(), 1, call(randomUUID(), at, one)),
      ),
      event('crm.telephony.queue.updated', actor.companyId, randomUUID(), 2, { queue }),
      event('crm.telephony.queue.created', actor.companyId, randomUUID(), 1, {
        queue: { ...queue, slaThresholdSeconds: 60 },
      }),
    ])
    const app = appOn(database)
    const window = 'from=2026-03-01&to=2026-03-31'
    const levels = async (path: string) => {
      const answer = await get(app, actor, `/v1/telephony/stats/${path}`)
      return (answer.data?.[0] ?? answer).serviceLevel
    }
    for (const path of [`queues?${window}`, `overview?${window}&queue=vip`]) {
      expect(await levels(path)).toMatchObject({ percent: 33.33, thresholdSeconds: 10 })
      expect(await levels(`${path}&formula=all_offered`)).toMatchObject({
        percent: 25,
        formula: 'answered_in_threshold / (answered + abandoned)',
      })
      expect((await levels(`${path}&formula=answered_only`)).percent).toBe(50)
    }
  })

  test('what nobody has heard of is not found', async ({ db, actor, stranger }) => {
    const database = db.open('analytics')
    await project(database, [
      event('crm.telephony.call.ended', stranger.companyId, randomUUID(), 1, call(randomUUID(), at, visit('vip', 1))),
    ])
    const app = appOn(database)
    for (const path of ['overview', 'agents', 'queues']) {
      await get(app, actor, `/v1/telephony/stats/${path}?queue=vip`, 404)
      await get(app, actor, `/v1/telephony/stats/${path}?agentId=${randomUUID()}`, 404)
      await get(app, stranger, `/v1/telephony/stats/${path}?queue=vip`)
      // One query string serves all three.
      await get(app, stranger, `/v1/telephony/stats/${path}?granularity=hour`)
    }
  })
})

describe('the timeline of a customer', () => {
  test('has what happened with those that were merged into it, in whatever order it is told', async ({ db, actor }) => {
    const database = db.open('analytics')
    const app = appOn(database)
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()]
    const created = (id: string) => customerCreated(actor.companyId, id)
    const merged = (id: string, intoId: string) =>
      event('crm.deals.customer.merged', actor.companyId, id, 2, { customer: { id, name: 'Nino' }, intoId })
    const called = (customerId: string, startedAt: string) =>
      event('crm.telephony.call.ended', actor.companyId, randomUUID(), 1, call(randomUUID(), startedAt, { customerId }))
    await project(database, [merged(second, third), created(third), merged(first, second), created(first)])
    await project(database, [created(second), called(first, '2026-03-01T10:00:00.000Z')])
    await project(database, [called(third, '2026-03-03T10:00:00.000Z'), called(second, '2026-03-02T10:00:00.000Z')])
    const url = `/v1/analytics/customers/${third}`
    const { data, page } = await get(app, actor, `${url}/timeline?limit=2`)
    const { data: rest } = await get(app, actor, `${url}/timeline?limit=2&cursor=${page.nextCursor}`)
    expect([...data, ...rest].map(({ occurredAt }) => occurredAt.slice(0, 10))).toEqual([
      '2026-03-03',
      '2026-03-02',
      '2026-03-01',
    ])
    expect(await get(app, actor, `${url}/profile`)).toMatchObject({ firstSeenAt: '2026-03-01T10:00:00.000Z' })
    await get(app, actor, `/v1/analytics/customers/${first}/timeline`, 404)
  })

  test('tells each happening once, newest first, page by page', async ({ db, actor }) => {
    const database = db.open('analytics')
    const customerId = randomUUID()
    const dealId = randomUUID()
    const won = { stage: 'CLOSED_WON', stageKind: 'WON', stageEnteredAt: '2026-03-12T10:00:00.000Z' }
    const callId = randomUUID()
    const ended = call(callId, '2026-03-11T09:00:00.000Z', { customerId })
    await project(database, [
      event('crm.deals.deal.won', actor.companyId, dealId, 3, deal(dealId, customerId, won)),
      event('crm.deals.deal.updated', actor.companyId, dealId, 2, deal(dealId, customerId, { title: 'Roof' })),
      event('crm.deals.deal.created', actor.companyId, dealId, 1, deal(dealId, customerId)),
      event('crm.telephony.call.ended', actor.companyId, callId, 2, ended),
      event('crm.telephony.call.ended', actor.companyId, callId, 1, ended),
      customerCreated(actor.companyId, customerId),
    ])
    const app = appOn(database)
    const url = `/v1/analytics/customers/${customerId}/timeline`
    const first = await get(app, actor, `${url}?limit=2&count=exact`)
    expect(first.data.map((entry: { kind: string }) => entry.kind)).toEqual(['deal.won', 'call.ended'])
    expect(first.page.total).toBe(3)
    const second = await get(app, actor, `${url}?limit=2&cursor=${first.page.nextCursor}`)
    expect(second.data).toMatchObject([{ kind: 'deal.created', subjectId: dealId, details: { title: 'Roof' } }])
    expect(second.page.nextCursor).toBeNull()
    expect(second.meta).toEqual({ asOf: expect.any(String), lagMs: expect.any(Number) })
    const calls = await get(app, actor, `${url}?kind=call.ended&from=2026-03-11&to=2026-03-11`)
    expect(calls.data).toHaveLength(1)
  })
})

describe('an activity', () => {
  const add = (id: string, customerId: string | null, more: object = {}) => ({
    activity: { id, dealId: randomUUID(), kind: 'TASK', subject: 'Call back', createdAt: at, ...more },
    customerId,
  })

  test('is one entry, at the time it was done; deleted, late events do not bring it back', async ({ db, actor }) => {
    const database = db.open('analytics')
    const customerId = randomUUID()
    const [done, deleted, ofCall] = [randomUUID(), randomUUID(), randomUUID()]
    const told = (event_: string, id: string, version: number, more: object = {}) =>
      event(`crm.deals.activity.${event_}`, actor.companyId, id, version, add(id, customerId, more))
    await project(database, [
      customerCreated(actor.companyId, customerId),
      told('completed', done, 2, { doneAt: '2026-03-11T10:00:00.000Z' }),
      told('deleted', deleted, 3),
      told('created', ofCall, 1, { callId: randomUUID(), doneAt: at }),
    ])
    await project(database, [
      told('created', done, 1),
      told('completed', done, 2, { doneAt: '2026-03-11T10:00:00.000Z' }),
      told('overdue', deleted, 2, { dueAt: at }),
    ])
    const app = appOn(database)
    const { data } = await get(app, actor, `/v1/analytics/customers/${customerId}/timeline`)
    expect(data).toMatchObject([
      {
        kind: 'activity.completed',
        subjectId: done,
        occurredAt: '2026-03-11T10:00:00.000Z',
        details: { kind: 'TASK' },
      },
    ])
    const { activities } = await get(app, actor, '/v1/analytics/dashboard?from=2026-03-01&to=2026-03-31')
    expect(activities).toEqual({ created: 2, done: 2, overdue: 0 })
  })
})

describe('the dashboard', () => {
  test('costs one statement a panel, on one connection, whatever the amount of facts', async ({ db, actor }) => {
    const database = db.open('analytics')
    const app = appOn(database)
    const before = database.counters.queries
    await get(app, actor, '/v1/analytics/dashboard')
    // BEGIN, the snapshot, deals, calls, stock, work orders, activities, revenue by month, progress, COMMIT.
    expect(database.counters.queries - before).toBe(10)
  })

  test('compares a window that cuts a day with one that does not, as across a change of clocks', async ({
    db,
    actor,
  }) => {
    const inBerlin = { ...actor, company: { ...actor.company, timeZone: 'Europe/Berlin' } }
    // 40 times 24 hours from midnight end at one in the morning of summer time; as many before begin at midnight.
    const url = '/v1/analytics/dashboard?from=2026-02-28T23:00:00Z&to=2026-04-09T23:00:00Z'
    const { previous } = await get(appOn(db.open('analytics')), inBerlin, url)
    expect(previous).toMatchObject({ from: '2026-01-19T23:00:00.000Z', telephony: { total: 0 } })
  })

  test('says how old its figures are when it cannot know that nothing is waiting', async ({ db, actor }) => {
    const database = db.open('analytics')
    await project(database, [customerCreated(actor.companyId, randomUUID())])
    const fresh = await get(appOn(database), actor, '/v1/analytics/dashboard')
    expect(fresh.meta.lagMs).toBeLessThan(2_000)
    // What was published since the last check may not be in the figures, however lately that was.
    const checkedAt = Date.now() - 700
    const checked = await get(appOn(database, { caughtUpAt: () => checkedAt }), actor, '/v1/analytics/dashboard')
    expect(checked.meta.asOf).toBe(new Date(checkedAt).toISOString())
    const unknown = await get(appOn(database, { caughtUpAt: () => null }), actor, '/v1/analytics/dashboard')
    expect(unknown.meta.asOf).toBe(at)
    const caughtUpAt = Date.now() - 60_000
    const behind = await get(appOn(database, { caughtUpAt: () => caughtUpAt }), actor, '/v1/analytics/dashboard')
    expect(behind.meta.lagMs).toBeGreaterThanOrEqual(60_000)
    expect(behind.meta.asOf).toBe(new Date(caughtUpAt).toISOString())
  })

  test('is computed once for two thousand who ask at once, and anew after an event', async ({ db, actor }) => {
    const database = db.open('analytics')
    const cache = createCache({ logger, metrics: createMetrics('test') })
    const kept = dropKeptFigures(cache)
    const [subscription] = subscriptionsOf(kept.note)
    const app = appOn(database, { caughtUpAt: () => null }, cache)
    const before = database.counters.queries
    const answers = await Promise.all(
      Array.from({ length: 2_000 }, () => get(app, actor, '/v1/analytics/dashboard?from=2026-03-01&to=2026-03-31')),
    )
    expect(answers.every((answer) => answer.deals.open === 0)).toBe(true)
    expect(database.counters.queries - before).toBe(10)

    const created = event('crm.deals.deal.created', actor.companyId, randomUUID(), 1, deal(randomUUID(), randomUUID()))
    await withTx(database, (tx) => subscription.handlers[0].apply(tx, [created]))
    await kept.flush()
    const after = await get(app, actor, '/v1/analytics/dashboard?from=2026-03-01&to=2026-03-31')
    expect(after.deals.open).toBe(1)
    expect(after.meta.lagMs).toBeGreaterThan(0)
    await cache.close()
  })
})
