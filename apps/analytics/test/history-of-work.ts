import { iso } from './amounts.ts'
import type { Deal } from './history-of-deals.ts'
import type { Random } from './random.ts'
import type { Tell } from './tell.ts'

export type WorkOrder = {
  id: string
  kind: string
  status: string
  assigneeIds: string[]
  createdById: string
  customerId: string
  dealId: string | null
  approvedAt: number | null
  deleted: boolean
}

const HOUR = 3_600_000
const STATUSES = {
  created: 'DRAFT',
  assigned: 'SCHEDULED',
  started: 'IN_PROGRESS',
  submitted: 'SUBMITTED',
  approved: 'APPROVED',
} as const

export function liveWorkOrder(
  random: Random,
  tell: Tell,
  users: readonly string[],
  deals: readonly Deal[],
  createdAt: number,
): WorkOrder {
  const deal = random.pick(deals)
  const order: WorkOrder = {
    id: random.uuid(),
    kind: random.pick(['INSTALLATION', 'REPAIR', 'MAINTENANCE', 'JOB']),
    status: 'DRAFT',
    assigneeIds: random.chance(0.5) ? [random.pick(users)] : [],
    createdById: random.pick(users),
    customerId: deal.customerId,
    dealId: random.chance(0.8) ? deal.id : null,
    approvedAt: null,
    deleted: false,
  }
  const flow = (['created', 'assigned', 'started', 'submitted', 'approved'] as const).slice(0, 1 + random.below(5))
  for (const [index, event] of flow.entries()) {
    const at = createdAt + index * HOUR
    order.status = STATUSES[event]
    if (event === 'approved') order.approvedAt = at
    const { deleted: _deleted, approvedAt, ...state } = order
    tell(`crm.inventory.work-order.${event}`, order.id, index + 1, at, {
      workOrder: { ...state, createdAt: iso(createdAt), approvedAt: approvedAt === null ? null : iso(approvedAt) },
    })
  }
  if (random.chance(0.1)) {
    order.deleted = true
    tell('crm.inventory.work-order.deleted', order.id, flow.length + 1, createdAt + 10 * HOUR, {})
  }
  return order
}

export type Activity = {
  id: string
  dealId: string
  customerId: string
  kind: string
  subject: string
  callId: string | null
  assignedToId: string | null
  createdById: string
  createdAt: number
  dueAt: number | null
  doneAt: number | null
  deleted: boolean
}

/** Added, changed, done, opened again, deleted: in any sequence. */
export function liveActivity(
  random: Random,
  tell: Tell,
  users: readonly string[],
  deal: Deal,
  createdAt: number,
): Activity {
  const activity: Activity = {
    id: random.uuid(),
    dealId: deal.id,
    customerId: deal.customerId,
    kind: random.pick(['NOTE', 'CALL', 'MEETING', 'TASK']),
    subject: 'Call back',
    callId: random.chance(0.1) ? random.uuid() : null,
    assignedToId: random.pick([...users, null]),
    createdById: random.pick(users),
    createdAt,
    dueAt: random.chance(0.5) ? createdAt + random.below(10 * 24) * HOUR : null,
    doneAt: null,
    deleted: false,
  }
  let at = createdAt
  const say = (event: string, version: number) => {
    const { deleted: _deleted, customerId, dueAt, doneAt, ...state } = activity
    const times = { createdAt: iso(createdAt), dueAt: dueAt && iso(dueAt), doneAt: doneAt && iso(doneAt) }
    tell(`crm.deals.activity.${event}`, activity.id, version, at, { activity: { ...state, ...times }, customerId })
  }
  say('created', 1)
  const steps = random.below(4)
  for (let version = 2; version <= 1 + steps && !activity.deleted; version++) {
    at += 1_000 + random.below(5 * 86_400) * 1_000
    say(changeActivity(random, activity, users, at), version)
  }
  return activity
}

function changeActivity(random: Random, activity: Activity, users: readonly string[], at: number): string {
  const change = random.below(10)
  if (change === 0) {
    activity.deleted = true
    return 'deleted'
  }
  if (change < 6) {
    activity.doneAt = activity.doneAt === null ? at : null
    return activity.doneAt === null ? 'updated' : 'completed'
  }
  activity.assignedToId = random.pick([...users, null])
  return 'updated'
}
