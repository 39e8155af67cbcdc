import type { Envelope } from '@dealwire/contracts'
import type { Random } from './random.ts'

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
  deleted: boolean
  stages: Set<string>
}

export type Visit = {
  queue: string
  enteredAt: number
  outcome: 'answered' | 'abandoned' | 'left'
  waitSeconds: number
}
export type Call = {
  id: string
  direction: 'INBOUND' | 'OUTBOUND' | 'INTERNAL'
  status: string
  agentId: string | null
  queue: string | null
  startedAt: number
  endedAt: number
  waitSeconds: number
  talkSeconds: number
  holdSeconds: number
  wrapUpSeconds: number
  visits: Visit[]
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

type Tell = (type: string, subject: string, version: number, at: number, data: Record<string, unknown>) => void

/** Around `center`, some weeks to both sides, so that windows cut through it; sometimes exactly on the hour. */
export function makeHistory(random: Random, companyId: string, center: number): History {
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
  const pipelineId = random.uuid()
  const deals = Array.from({ length: 40 }, () => liveDeal(random, tell, users, pipelineId, someTime()))
  const calls = Array.from({ length: 120 }, () => liveCall(random, tell, users, someTime()))
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
    deleted: false,
    stages: new Set(['LEAD']),
  }
  const customerId = random.uuid()
  let at = createdAt
  let stageEnteredAt = at
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
        stageEnteredAt: iso(stageEnteredAt),
        closedAt: deal.closedAt === null ? null : iso(deal.closedAt),
      },
      before: {},
      after: {},
    })
  say('created', 1)
  const steps = random.below(6)
  for (let version = 2; version <= 1 + steps && !deal.deleted; version++) {
    at += 1_000 + random.below(6 * 86_400) * 1_000
    const change = random.below(10)
    if (change === 0) {
      deal.deleted = true
      say('deleted', version)
    } else if (change < 3) {
      deal.cents = random.below(1_000_000)
      say('updated', version)
    } else if (change < 5) {
      deal.ownerId = random.pick([...users, null])
      say('assigned', version)
    } else {
      deal.stage = random.pick(
        ['LEAD', 'QUALIFIED', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST'].filter((stage) => stage !== deal.stage),
      )
      deal.stageKind = kindOf(deal.stage)
      deal.closedAt = deal.stageKind === 'OPEN' ? null : at
      deal.stages.add(deal.stage)
      stageEnteredAt = at
      say('stage-changed', version)
      if (deal.stageKind !== 'OPEN') say(deal.stageKind.toLowerCase(), version)
    }
  }
  return deal
}

/** First told with what was known then; late news may change everything about it, its month included. */
function liveCall(random: Random, tell: Tell, users: readonly string[], startedAt: number): Call {
  const id = random.uuid()
  const versions = 1 + random.below(3)
  let call = shapeCall(random, id, users, startedAt)
  for (let version = 1; version <= versions; version++) {
    if (version > 1) call = shapeCall(random, id, users, startedAt - random.below(3) * 20 * DAY)
    const event = { MISSED: 'missed', ABANDONED: 'abandoned' }[call.status] ?? 'ended'
    const data = {
      call: {
        ...call,
        startedAt: iso(call.startedAt),
        answeredAt: null,
        endedAt: iso(call.endedAt),
        queueVisits: call.visits.map((visit) => ({ ...visit, enteredAt: iso(visit.enteredAt) })),
        visits: undefined,
        ringSeconds: 0,
      },
    }
    tell(`crm.telephony.call.${event}`, id, version, call.endedAt, data)
    if (event !== 'ended') tell('crm.telephony.call.ended', id, version, call.endedAt, data)
  }
  return call
}

function shapeCall(random: Random, id: string, users: readonly string[], startedAt: number): Call {
  const direction = random.pick(['INBOUND', 'INBOUND', 'INBOUND', 'OUTBOUND', 'INTERNAL'] as const)
  const seconds = (limit: number) => random.below(limit * 1_000) / 1_000
  const visits: Visit[] = []
  let status = random.pick(
    direction === 'OUTBOUND' ? ['COMPLETED', 'FAILED', 'BUSY'] : ['COMPLETED', 'COMPLETED', 'MISSED', 'VOICEMAIL'],
  )
  let queue: string | null = null
  if (direction === 'INBOUND' && random.chance(0.6)) {
    queue = random.pick(['sales', 'support'])
    if (random.chance(0.3))
      visits.push({ queue: 'sales', enteredAt: startedAt, outcome: 'left', waitSeconds: seconds(60) })
    const outcome = random.pick(['answered', 'answered', 'abandoned', 'left'] as const)
    const waitSeconds = random.chance(0.2) ? 20 : seconds(40)
    visits.push({ queue, enteredAt: startedAt, outcome, waitSeconds })
    status = { answered: 'COMPLETED', abandoned: 'ABANDONED', left: 'MISSED' }[outcome]
  }
  const answered = status === 'COMPLETED'
  return {
    id,
    direction,
    status,
    queue,
    agentId: answered ? random.pick(users) : null,
    startedAt,
    endedAt: startedAt + 600_000,
    waitSeconds: visits.at(-1)?.waitSeconds ?? seconds(30),
    talkSeconds: answered ? seconds(300) : 0,
    holdSeconds: answered ? seconds(30) : 0,
    wrapUpSeconds: answered ? seconds(30) : 0,
    visits,
  }
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
