import type { Permission, Scope } from './permissions.ts'

/** Who may see an entity's events on the live stream. `own`: of callers with scope `own`, only those whom the event is about or from. */
type EventAccess = { readonly permission: Permission | 'any'; readonly own?: true }

/** By service token and entity of the event's type. What is not named here is shown to nobody. */
const eventAccess: Readonly<Record<string, EventAccess>> = {
  'identity.company': { permission: 'any' },
  'identity.user': { permission: 'user:read' },
  'identity.role': { permission: 'user:read' },
  'identity.department': { permission: 'user:read' },
  'identity.position': { permission: 'user:read' },
  // Addresses and devices of people: for whom the audit log is.
  'identity.session': { permission: 'audit:read' },
  'identity.api-key': { permission: 'user:manage' },
  'deals.customer': { permission: 'customer:read' },
  'deals.contact': { permission: 'contact:read' },
  'deals.pipeline': { permission: 'deal:read' },
  'deals.deal': { permission: 'deal:read' },
  'deals.activity': { permission: 'deal:read' },
  'deals.line-item': { permission: 'deal:read' },
  'deals.lead-score': { permission: 'deal:read' },
  'deals.currency-rate': { permission: 'deal:read' },
  'deals.custom-field': { permission: 'deal:read' },
  'deals.export': { permission: 'deal:export', own: true },
  'deals.import': { permission: 'deal:import', own: true },
  'deals.plan': { permission: 'plan:read', own: true },
  'inventory.product': { permission: 'product:read' },
  'inventory.location': { permission: 'inventory:read' },
  'inventory.stock': { permission: 'inventory:read' },
  'inventory.reservation': { permission: 'inventory:read' },
  'inventory.stocktake': { permission: 'inventory:read' },
  'inventory.invariant': { permission: 'inventory:read' },
  'inventory.purchase-order': { permission: 'purchase:read' },
  'inventory.work-order': { permission: 'workorder:read' },
  'telephony.call': { permission: 'telephony:read' },
  'telephony.recording': { permission: 'telephony:read' },
  'telephony.callback': { permission: 'telephony:read' },
  'telephony.queue': { permission: 'telephony:read' },
  'telephony.agent': { permission: 'telephony:read' },
  'telephony.connection': { permission: 'telephony:read' },
  'telephony.review': { permission: 'quality:read' },
  'analytics.snapshot': { permission: 'analytics:read' },
  'analytics.forecast': { permission: 'analytics:read' },
  'analytics.rebuild': { permission: 'analytics:manage' },
}

/** Which rule the type of an event falls under. */
export function accessOfEvent(type: string): EventAccess | undefined {
  const [, service, entity] = type.split('.')
  return eventAccess[`${service}.${entity}`]
}

type Reader = {
  readonly userId: string | null
  readonly scope: Scope
  readonly permissions: ReadonlySet<Permission>
}
type Seen = {
  readonly type: string
  readonly actorid?: string | null | undefined
  readonly data: Readonly<Record<string, unknown>>
}

/** Whether a caller may read an event. */
export function maySeeEvent(reader: Reader, event: Seen): boolean {
  const rule = accessOfEvent(event.type)
  if (rule === undefined) return false
  if (rule.permission !== 'any' && !reader.permissions.has(rule.permission)) return false
  return rule.own !== true || reader.scope === 'all' || concerns(reader, event)
}

const OWNERS = ['userId', 'assignedToId', 'createdById'] as const

/** Many events carry the entity under its name, so one level below is looked at as well. */
function concerns({ userId }: Reader, event: Seen): boolean {
  if (userId === null) return false
  const places = [event.data, ...Object.values(event.data).filter(isFields)]
  return event.actorid === userId || places.some((fields) => OWNERS.some((name) => fields[name] === userId))
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
