import type { Envelope } from '@dealwire/contracts'
import { type Call, liveCall } from './history-of-calls.ts'
import type { Random } from './random.ts'
import type { Tell } from './tell.ts'

/** What really happened in a company: the end state that figures must agree with, and the events that told of it. */
export type History = {
  readonly companyId: string
  readonly users: readonly string[]
  readonly deals: readonly Deal[]
  readonly calls: readonly Call[]
  readonly levels: ReadonlyMap<string, { productId: string; onHand: number; reserved: number; cents: number }>
  readonly products: readonly { id: string; reorderLevel: number | null; active: boolean; deleted: boolean }[]
  readonly workOrders: readonly WorkOrder[]
  readonly events: readonly Envelope[]
}

export type Deal = {
  id: string
  stage: string
  stageKind: 'OPEN' | 'WON' | 'LOST'
  cents: number
  source: string | null
  ownerId: string | null
  createdById: string
  createdAt: number
  closedAt: number | null
  stageEnteredAt: number
  deleted: boolean
  stages: Set<string>
}

export type WorkOrder = {
  id: string
  kind: string
  status: string
  assigneeIds: string[]
  createdById: string
  approvedAt: number | null
  deleted: boolean
}

export const STAGES = ['LEAD', 'QUALIFIED', 'NEGOTIATION', 'CLOSED_WON'] as const
const kindOf = (stage: string) => (stage === 'CLOSED_WON' ? 'WON' : stage === 'CLOSED_LOST' ? 'LOST' : 'OPEN')

const DAY = 86_400_000
const iso = (at: number) => new Date(at).toISOString()
const money = (cents: number) =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`

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
  const company = { name: 'Company', currency: 'GEL' }
  tell('crm.identity.company.created', companyId, 1, center, { ...company, timeZone: 'UTC' })
  tell('crm.identity.company.updated', companyId, 2, center, { ...company, timeZone })
  const pipelineId = random.uuid()
  const deals = Array.from({ length: 40 }, () => liveDeal(random, tell, users, pipelineId, someTime()))
  const calls = Array.from({ length: 120 }, () => liveCall(random, tell, users, someTime())).filter(
    (call) => call !== undefined,
  )
  const stock = liveStock(random, tell, someTime())
  const workOrders = Array.from({ length: 25 }, () => liveWorkOrder(random, tell, users, someTime()))
  return { companyId, users, deals, calls, ...stock, workOrders, events }
}

function liveDeal(random: Random, tell: Tell, users: readonly string[], pipelineId: string, createdAt: number): Deal {
  const deal: Deal = {
    id: random.uuid(),
    stage: 'LEAD',
    stageKind: 'OPEN',
    cents: random.below(1_000_000),
    source: random.pick(['WEB', 'PHONE', null]),
    ownerId: random.pick([...users, null]),
    createdById: random.pick(users),
    createdAt,
    closedAt: null,
    stageEnteredAt: createdAt,
    deleted: false,
    stages: new Set(['LEAD']),
  }
  const customerId = random.uuid()
  let at = createdAt
  const say = (event: string, version: number) =>
    tell(`crm.deals.deal.${event}`, deal.id, version, at, {
      deal: {
        id: deal.id,
        title: 'A deal',
        value: money(deal.cents),
        currency: 'GEL',
        baseValue: money(deal.cents),
        baseCurrency: 'GEL',
        pipelineId,
        stage: deal.stage,
        stageKind: deal.stageKind,
        leadSource: deal.source,
        effectiveProbability: 30,
        expectedCloseDate: null,
        customerId,
        assignedToId: deal.ownerId,
        createdById: deal.createdById,
        createdAt: iso(createdAt),
        stageEnteredAt: iso(deal.stageEnteredAt),
        closedAt: deal.closedAt === null ? null : iso(deal.closedAt),
      },
      before: {},
      after: {},
    })
  say('created', 1)
  const steps = random.below(6)
  for (let version = 2; version <= 1 + steps && !deal.deleted; version++) {
    at += 1_000 + random.below(6 * 86_400) * 1_000
    for (const event of changeDeal(random, deal, users, at)) say(event, version)
  }
  return deal
}

/** Changes the deal and names the events that a service would tell it by. */
function changeDeal(random: Random, deal: Deal, users: readonly string[], at: number): string[] {
  const change = random.below(10)
  if (change === 0) {
    deal.deleted = true
    return ['deleted']
  }
  if (change < 3) {
    deal.cents = random.below(1_000_000)
    return ['updated']
  }
  if (change < 5) {
    deal.ownerId = random.pick([...users, null])
    return ['assigned']
  }
  const stages = [...STAGES, 'CLOSED_LOST'].filter((stage) => stage !== deal.stage)
  deal.stage = random.pick(stages)
  deal.stageKind = kindOf(deal.stage)
  deal.closedAt = deal.stageKind === 'OPEN' ? null : at
  deal.stageEnteredAt = at
  deal.stages.add(deal.stage)
  return deal.stageKind === 'OPEN' ? ['stage-changed'] : ['stage-changed', deal.stageKind.toLowerCase()]
}

function liveStock(random: Random, tell: Tell, start: number) {
  const products = Array.from({ length: 8 }, () => ({
    id: random.uuid(),
    reorderLevel: random.pick([null, 0, 5, 20]),
    active: random.chance(0.8),
    deleted: random.chance(0.1),
  }))
  for (const product of products) {
    tell('crm.inventory.product.created', product.id, 1, start, {
      product: { ...product, name: 'Product', category: null, reorderLevel: 3 },
    })
    tell('crm.inventory.product.updated', product.id, 2, start, {
      product: { ...product, name: 'Product', category: null },
    })
    if (product.deleted) tell('crm.inventory.product.deleted', product.id, 3, start, { product })
  }
  const levels = new Map<string, { productId: string; onHand: number; reserved: number; cents: number; seq: number }>()
  const locations = [random.uuid(), random.uuid()]
  for (let step = 0; step < 60; step++) {
    const { id: productId } = random.pick(products)
    const locationId = random.pick(locations)
    const key = `${productId} ${locationId}`
    const before = levels.get(key) ?? { productId, onHand: 0, reserved: 0, cents: 0, seq: 0 }
    const isOut = before.onHand > 0 && random.chance(0.5)
    const quantity = isOut ? -(1 + random.below(before.onHand)) : 1 + random.below(30)
    const cents = isOut ? Math.round((before.cents * quantity) / before.onHand) : quantity * (100 + random.below(900))
    const after = {
      productId,
      onHand: before.onHand + quantity,
      reserved: 0,
      cents: before.cents + cents,
      seq: before.seq + 1 + random.below(2),
    }
    after.reserved = random.below(after.onHand + 1)
    levels.set(key, after)
    const postingId = random.uuid()
    const level = (at: typeof after) => ({ onHand: at.onHand, reserved: at.reserved, value: money(at.cents) })
    tell(`crm.inventory.stock.${isOut ? 'consumed' : 'received'}`, postingId, 1, start + step, {
      postingId,
      workOrderId: null,
      occurredAt: iso(start + step),
      currency: 'GEL',
      lines: [
        {
          productId,
          locationId,
          quantity,
          value: money(cents),
          seq: after.seq,
          before: level(before),
          after: level(after),
        },
      ],
    })
  }
  return { products, levels }
}

function liveWorkOrder(random: Random, tell: Tell, users: readonly string[], createdAt: number): WorkOrder {
  const order: WorkOrder = {
    id: random.uuid(),
    kind: random.pick(['INSTALLATION', 'REPAIR', 'MAINTENANCE', 'JOB']),
    status: 'DRAFT',
    assigneeIds: random.chance(0.5) ? [random.pick(users)] : [],
    createdById: random.pick(users),
    approvedAt: null,
    deleted: false,
  }
  const customerId = random.uuid()
  const flow = ['created', 'assigned', 'started', 'submitted', 'approved'].slice(0, 1 + random.below(5))
  const statuses: Readonly<Record<string, string>> = {
    created: 'DRAFT',
    assigned: 'SCHEDULED',
    started: 'IN_PROGRESS',
    submitted: 'SUBMITTED',
    approved: 'APPROVED',
  }
  for (const [index, event] of flow.entries()) {
    const at = createdAt + index * 3_600_000
    order.status = statuses[event] ?? 'DRAFT'
    if (event === 'approved') order.approvedAt = at
    const { deleted: _deleted, approvedAt, ...state } = order
    tell(`crm.inventory.work-order.${event}`, order.id, index + 1, at, {
      workOrder: {
        ...state,
        customerId,
        createdAt: iso(createdAt),
        approvedAt: approvedAt === null ? null : iso(approvedAt),
      },
    })
  }
  if (random.chance(0.1)) {
    order.deleted = true
    tell('crm.inventory.work-order.deleted', order.id, flow.length + 1, createdAt + 10 * 3_600_000, {})
  }
  return order
}
