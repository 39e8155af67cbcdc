import { randomUUID } from 'node:crypto'
import type { Actor } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { makeActor, test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { snapshotAgentsOf } from '../src/agents/snapshot-agents.ts'
import { snapshotForecast, snapshotForecasts } from '../src/forecast/snapshot-forecasts.ts'
import { appOn, get, project } from './bench.ts'
import { at, call, companyCreated, customerCreated, deal, event } from './events.ts'

const stateOf = (weighted: string, month: string | null, more: Record<string, unknown> = {}) => ({
  value: weighted,
  baseValue: weighted,
  effectiveProbability: 100,
  expectedCloseDate: month === null ? null : `${month}-15`,
  ...more,
})
const closed = (stageKind: string, stage: string) => ({ stageKind, stage, closedAt: at, stageEnteredAt: at })

type Version = { readonly id: string; readonly version: number; readonly more: Record<string, unknown> }

async function tell(database: Database, actor: Actor, versions: readonly Version[]): Promise<void> {
  const customerId = randomUUID()
  await project(
    database,
    versions.map(({ id, version, more }) =>
      event('crm.deals.deal.updated', actor.companyId, id, version, deal(id, customerId, more)),
    ),
  )
}

describe('the forecast', () => {
  test('of a company with nothing open is recorded and told of once a night, too', async ({ db, actor }) => {
    const database = db.open('analytics')
    await project(database, [companyCreated(actor.companyId)])
    await tell(database, actor, [
      { id: randomUUID(), version: 1, more: stateOf('1.00', '2026-05', closed('WON', 'CLOSED_WON')) },
    ])
    const never = new AbortController().signal
    for (let times = 0; times < 2; times++) await snapshotForecasts(database, never)
    const { snapshots } = await get(appOn(database), actor, '/v1/analytics/forecast/history')
    expect(snapshots).toMatchObject([{ total: { opening: '0.00', closing: '0.00' } }])
    const { rows } = await database.pool.query('SELECT type FROM event_log WHERE company_id = $1', [actor.companyId])
    expect(rows).toEqual([{ type: 'crm.analytics.forecast.snapshotted' }])
  })

  test('each night adds up to the cent, and begins where the night before ended', async ({ db, actor }) => {
    const database = db.open('analytics')
    const night = (today: string) => snapshotForecast(database, { company_id: actor.companyId, currency: 'GEL', today })
    const ids = { won: randomUUID(), lost: randomUUID(), early: randomUUID(), late: randomUUID(), dear: randomUUID() }
    const versions = (version: number, states: Record<keyof typeof ids, Record<string, unknown>>) =>
      Object.entries(states).map(([name, more]) => ({ id: ids[name as keyof typeof ids], version, more }))
    await tell(
      database,
      actor,
      versions(1, {
        won: stateOf('10.01', '2026-05'),
        lost: stateOf('20.02', '2026-05'),
        early: stateOf('40.04', '2026-06'),
        late: stateOf('80.08', '2026-05'),
        dear: stateOf('160.16', '2026-05'),
      }),
    )
    await night('2026-03-01')
    await tell(
      database,
      actor,
      versions(2, {
        won: stateOf('10.01', '2026-05', closed('WON', 'CLOSED_WON')),
        lost: stateOf('20.02', '2026-05', closed('LOST', 'CLOSED_LOST')),
        early: stateOf('40.05', '2026-05'),
        late: stateOf('80.08', null),
        dear: stateOf('160.10', '2026-05'),
      }),
    )
    await tell(database, actor, [{ id: randomUUID(), version: 1, more: stateOf('5.00', '2026-05') }])
    // A second one of the same night is none: the next begins where the first one ended.
    await night('2026-03-01')
    await night('2026-03-02')

    const app = appOn(database)
    const { snapshots } = await get(app, actor, '/v1/analytics/forecast/history?from=2026-03-01&to=2026-03-02')
    expect(snapshots).toHaveLength(2)
    expect(snapshots[0].total).toMatchObject({ opening: '0.00', new: '310.31', closing: '310.31' })
    const [may, june, undated] = snapshots[1].months
    expect(may).toEqual({
      month: '2026-05',
      opening: '270.27',
      new: '5.00',
      won: '-10.01',
      lost: '-20.02',
      pulledIn: '40.04',
      pushedOut: '-80.08',
      valueChanged: '-0.05',
      closing: '205.15',
    })
    expect(june).toMatchObject({ month: '2026-06', opening: '40.04', pulledIn: '-40.04', closing: '0.00' })
    expect(undated).toMatchObject({ month: 'undated', opening: '0.00', pushedOut: '80.08', closing: '80.08' })
    expect(snapshots[1].total).toMatchObject({
      opening: '310.31',
      pulledIn: '0.00',
      pushedOut: '0.00',
      closing: '285.23',
    })

    const url = '/v1/analytics/forecast?from=2026-03-01&to=2026-05-31'
    const forecast = await get(app, actor, url)
    expect(forecast.months).toEqual([
      { month: '2026-03', weightedOpen: '0.00', won: '10.01', total: '10.01' },
      { month: '2026-04', weightedOpen: '0.00', won: '0.00', total: '0.00' },
      { month: '2026-05', weightedOpen: '205.15', won: '0.00', total: '205.15' },
    ])
    expect(forecast.undatedOpen).toBe('80.08')
    const byDefault = await get(app, actor, '/v1/analytics/forecast?months=3')
    expect(byDefault.months).toHaveLength(3)
    const later = await get(app, actor, '/v1/analytics/forecast?from=2100-11-05&months=3')
    expect(later.months.map(({ month }: { month: string }) => month)).toEqual(['2100-11', '2100-12', '2101-01'])
    const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
    await get(app, employee, '/v1/analytics/forecast/history', 403)
    expect((await get(app, employee, url)).undatedOpen).toBe('0.00')
  })
})

test('velocity is what closed deals, their value and their cycle make of each other', async ({ db, actor }) => {
  const database = db.open('analytics')
  const won = { ...closed('WON', 'CLOSED_WON'), closedAt: '2026-03-14T10:00:00.000Z' }
  const [first, second] = [randomUUID(), randomUUID()]
  await tell(database, actor, [
    { id: first, version: 1, more: stateOf('300.00', null) },
    { id: first, version: 2, more: stateOf('300.00', null, { ...won, stageEnteredAt: won.closedAt }) },
    { id: second, version: 1, more: stateOf('100.00', null, closed('LOST', 'CLOSED_LOST')) },
  ])
  const velocity = await get(appOn(database), actor, '/v1/analytics/velocity?from=2026-03-01&to=2026-03-31')
  expect(velocity).toMatchObject({
    closed: 2,
    won: 1,
    winRate: 0.5,
    winRateByValue: 0.75,
    avgWonValue: '300.00',
    avgCycleDays: 4,
    revenuePerDay: '75.00',
    stages: [{ stage: 'LEAD', left: 1, avgDays: 4 }],
  })
})

test('agents are ranked by revenue; who sees own figures sees the own row with its place', async ({ db, actor }) => {
  const database = db.open('analytics')
  const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
  const yesterday = new Date(Date.now() - 86_400_000).toISOString()
  const won = (assignedToId: string, value: string) => ({
    id: randomUUID(),
    version: 1,
    more: stateOf(value, null, { ...closed('WON', 'CLOSED_WON'), closedAt: yesterday, assignedToId }),
  })
  await project(database, [
    companyCreated(actor.companyId),
    event(
      'crm.telephony.call.ended',
      actor.companyId,
      randomUUID(),
      1,
      call(randomUUID(), yesterday, { agentId: employee.userId, talkSeconds: 50, wrapUpSeconds: 10 }),
    ),
  ])
  await tell(database, actor, [won(actor.userId, '20.00'), won(employee.userId, '10.00')])
  await snapshotAgentsOf(database, actor.companyId)
  await snapshotAgentsOf(database, actor.companyId)
  const app = appOn(database)
  const { data } = await get(app, actor, '/v1/analytics/leaderboard?windowDays=7')
  expect(data).toMatchObject([
    { rank: 1, agentId: actor.userId, revenue: '20.00', callsAnswered: 0, ahtSeconds: null },
    { rank: 2, agentId: employee.userId, revenue: '10.00', callsAnswered: 1, ahtSeconds: 60, winRate: 1 },
  ])
  const day = yesterday.slice(0, 10)
  const ranks = async (window: string) => (await get(app, actor, `/v1/analytics/leaderboard?${window}`)).data
  const { takenAt: _, ...first } = data[0]
  expect(await ranks(`from=${day}T00:00:00Z`)).toMatchObject([first, { ...data[1], takenAt: expect.any(String) }])
  expect(await ranks('from=2026-03-01&to=2026-03-31')).toEqual([])
  await get(app, actor, '/v1/analytics/leaderboard?from=2026-01-01&to=2026-06-30', 400)
  const ownInWindow = await get(app, employee, `/v1/analytics/leaderboard?from=${day}T00:00:00Z`)
  expect(ownInWindow.data).toMatchObject([{ rank: 2, agentId: employee.userId }])
  const own = await get(app, employee, '/v1/analytics/leaderboard')
  expect(own.data).toMatchObject([{ rank: 2, agentId: employee.userId }])
  const agents = await get(app, employee, '/v1/analytics/agents?windowDays=90')
  expect(agents.data).toHaveLength(1)
  await get(app, actor, '/v1/analytics/agents?windowDays=8', 400)
})

test('stock: consumption, value by day, and the margin of the deal that a work order belongs to', async ({
  db,
  actor,
}) => {
  const database = db.open('analytics')
  const [productId, locationId, dealId, workOrderId, customerId] = Array.from({ length: 5 }, () => randomUUID()) as [
    string,
    string,
    string,
    string,
    string,
  ]
  const move = (type: string, seq: number, occurredAt: string, quantity: number, value: string) =>
    event(`crm.inventory.stock.${type}`, actor.companyId, randomUUID(), 1, {
      postingId: randomUUID(),
      workOrderId: type === 'received' ? null : workOrderId,
      occurredAt,
      currency: 'GEL',
      lines: [{ productId, locationId, quantity, value, seq, after: { onHand: 1, reserved: 0, value: '1.00' } }],
    })
  await project(database, [
    move('returned', 3, '2026-03-04T10:00:00.000Z', 1, '10.00'),
    move('consumed', 2, '2026-03-03T10:00:00.000Z', -4, '-40.00'),
    move('received', 1, '2026-03-01T10:00:00.000Z', 10, '100.00'),
    event('crm.inventory.work-order.created', actor.companyId, workOrderId, 1, {
      workOrder: { id: workOrderId, kind: 'REPAIR', status: 'DRAFT', dealId, customerId, createdAt: at },
    }),
    event(
      'crm.deals.deal.won',
      actor.companyId,
      dealId,
      1,
      deal(dealId, customerId, { ...stateOf('200.00', null), ...closed('WON', 'CLOSED_WON') }),
    ),
    customerCreated(actor.companyId, customerId),
  ])
  const app = appOn(database)
  const stock = await get(app, actor, '/v1/analytics/inventory?from=2026-03-02&to=2026-03-05')
  expect(stock.value.map((day: { value: string }) => day.value)).toEqual(['100.00', '60.00', '70.00', '70.00'])
  expect(stock).toMatchObject({
    consumptionCost: '30.00',
    averageValue: '75.00',
    turnover: 0.4,
    topConsumed: [{ productId, quantity: 3, cost: '30.00' }],
  })
  const margins = await get(app, actor, '/v1/analytics/margins?from=2026-03-01&to=2026-03-31')
  expect(margins.data).toMatchObject([{ dealId, revenue: '200.00', cost: '30.00', margin: '170.00', marginRate: 0.85 }])
  const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
  expect((await get(app, employee, '/v1/analytics/margins?from=2026-03-01&to=2026-03-31')).data).toEqual([])

  const profile = await get(app, actor, `/v1/analytics/customers/${customerId}/profile`)
  expect(profile).toMatchObject({ name: 'Nino', openDeals: 0, lifetimeRevenue: '200.00', openWorkOrders: 1 })
  await get(app, actor, `/v1/analytics/customers/${randomUUID()}/profile`, 404)
})
