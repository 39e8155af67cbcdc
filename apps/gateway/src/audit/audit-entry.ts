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
    ...change(action, event.data),
  }
}

/** An event of a change says what was and what is; any other says what came to be or ceased to be. */
function change(action: string, data: Fields): Pick<AuditEntry, 'before' | 'after'> {
  const { before, after } = data
  if (isFields(before) && isFields(after)) return { before, after }
  return action === 'deleted' ? { before: data, after: null } : { before: null, after: data }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
