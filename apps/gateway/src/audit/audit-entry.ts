import type { Envelope } from '@dealwire/contracts'

type Fields = Readonly<Record<string, unknown>>

/** What the audit log keeps of an event. */
export type AuditEntry = {
  readonly id: string
  readonly companyId: string
  readonly occurredAt: string
  readonly service: string
  readonly entity: string
  readonly entityId: string
  readonly action: string
  readonly actorId: string | null
  readonly requestId: string
  readonly before: Fields | null
  readonly after: Fields | null
}

export function auditEntry(event: Envelope): AuditEntry {
  const [, service = '', entity = '', action = ''] = event.type.split('.')
  return {
    id: event.id,
    companyId: event.companyid,
    occurredAt: event.time,
    service,
    entity,
    entityId: event.subject,
    action,
    actorId: event.actorid ?? null,
    requestId: event.correlationid,
    ...change(entity, action, event.data),
  }
}

/** An event of a change says what was and what is; any other says what came to be or ceased to be. */
function change(entity: string, action: string, data: Fields): Pick<AuditEntry, 'before' | 'after'> {
  const { before, after } = data
  if (isFields(before) && isFields(after)) return { before, after }
  const whole = bodyOf(entity, data)
  return action === 'deleted' ? { before: whole, after: null } : { before: null, after: whole }
}

/** Many events carry the entity under its name, `{"workOrder": {…}}`, and nothing beside it. */
function bodyOf(entity: string, data: Fields): Fields {
  const wrapped = data[entity.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase())]
  return isFields(wrapped) && Object.keys(data).length === 1 ? wrapped : data
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
