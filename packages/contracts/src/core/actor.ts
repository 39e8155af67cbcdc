import type { Permission, Scope } from './permissions.ts'

/** Who acts, and for which company. Made at the edge from the gateway's signed identity, or from an event's envelope. */
export type Actor = {
  readonly companyId: string
  /** `null`: the system itself, a webhook, or an event handler. */
  readonly userId: string | null
  readonly role: string
  readonly scope: Scope
  readonly permissions: ReadonlySet<Permission>
  /** Correlates the HTTP request with its log lines and events. */
  readonly requestId: string
  /** The event that caused this work, if an event did. */
  readonly causationId?: string
  /** W3C trace context. */
  readonly traceparent?: string
}

/** The actor of work that no user asked for. */
export function systemActor(companyId: string, requestId: string): Actor {
  return { companyId, userId: null, role: 'SYSTEM', scope: 'all', permissions: new Set(), requestId }
}
