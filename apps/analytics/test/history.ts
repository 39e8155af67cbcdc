import type { Envelope } from '@dealwire/contracts'
import { iso } from './amounts.ts'
import { type Call, liveCall } from './history-of-calls.ts'
import { type Deal, liveDeal } from './history-of-deals.ts'
import { type Level, liveStock, type Movement, type Product } from './history-of-stock.ts'
import { type Activity, liveActivity, liveWorkOrder, type WorkOrder } from './history-of-work.ts'
import type { Random } from './random.ts'
import type { Tell } from './tell.ts'

/** What really happened in a company: the end state that figures must agree with, and the events that told of it. */
export type History = {
  readonly companyId: string
  readonly users: readonly string[]
  readonly customers: readonly string[]
  readonly deals: readonly Deal[]
  readonly calls: readonly Call[]
  readonly levels: ReadonlyMap<string, Level>
  readonly movements: readonly Movement[]
  readonly products: readonly Product[]
  readonly workOrders: readonly WorkOrder[]
  readonly activities: readonly Activity[]
  readonly events: readonly Envelope[]
}

const DAY = 86_400_000

/** Around `center`, some weeks to both sides, so that windows cut through it; sometimes exactly on the hour. */
export function makeHistory(random: Random, companyId: string, center: number, timeZone = 'UTC'): History {
  const events: Envelope[] = []
  const tell: Tell = (type, subject, version, at, data) => {
    events.push({
      specversion: '1.0',
      id: random.uuid(),
      source: `/${type.split('.')[1]}`,
      type,
      subject,
      time: iso(at),
      datacontenttype: 'application/json',
      dataschema: 'test',
      companyid: companyId,
      correlationid: 'test',
      sequence: events.length,
      aggregateversion: version,
      data,
    })
  }
  const someTime = () =>
    center - 40 * DAY + (random.chance(0.2) ? random.below(80 * 24) * 3_600_000 : random.below(80 * 86_400) * 1_000)
  const users = [random.uuid(), random.uuid(), random.uuid()]
  const customers = Array.from({ length: 5 }, () => random.uuid())
  const company = { name: 'Company', currency: 'GEL' }
  tell('crm.identity.company.created', companyId, 1, center, { ...company, timeZone: 'UTC' })
  tell('crm.identity.company.updated', companyId, 2, center, { ...company, timeZone })
  for (const id of customers) tell('crm.deals.customer.created', id, 1, center, { customer: { id, name: 'Nino' } })
  const cast = { users, customers, pipelineId: random.uuid() }
  const deals = Array.from({ length: 40 }, () => liveDeal(random, tell, cast, someTime()))
  const calls = Array.from({ length: 120 }, () => liveCall(random, tell, cast, someTime())).filter(
    (call) => call !== undefined,
  )
  const workOrders = Array.from({ length: 25 }, () => liveWorkOrder(random, tell, users, deals, someTime()))
  const workOrderIds = workOrders.map((order) => order.id)
  const stock = liveStock(random, tell, center - 35 * DAY, workOrderIds)
  const activities = Array.from({ length: 50 }, () => liveActivity(random, tell, users, random.pick(deals), someTime()))
  return { companyId, users, customers, deals, calls, ...stock, workOrders, activities, events }
}
