import type { Permission, Scope } from './permissions.ts'

/** Whom an event or an audit entry names: the least that a write needs to know of who acts. */
export type Author = {
  readonly companyId: string
  /** `null`: the system itself, a webhook, or an event handler. */
  readonly userId: string | null
  /** Correlates the HTTP request with its log lines and events. */
  readonly requestId: string
  /** The event that caused this work, if an event did. */
  readonly causationId?: string
  /** W3C trace context. */
  readonly traceparent?: string
}

/** The settings of a company that services need on every call. They travel with the identity, so none is ever stale at first use. */
export type CompanySettings = {
  /** ISO 4217. */
  readonly currency: string
  /** IANA name. */
  readonly timeZone: string
  /** ISO 3166-1 alpha-2: the region of phone numbers that are typed without a country code. */
  readonly defaultRegion: string
  /** A Postgres text search configuration. */
  readonly searchLanguage: string
}

/** A caller that the gateway has signed in. */
export type Actor = Author & {
  readonly role: string
  readonly scope: Scope
  readonly permissions: ReadonlySet<Permission>
  readonly company: CompanySettings
}

export const defaultCompanySettings: CompanySettings = {
  currency: 'GEL',
  timeZone: 'Asia/Tbilisi',
  defaultRegion: 'GE',
  searchLanguage: 'simple',
}

/** The author of work that an event caused. */
export function eventAuthor(event: {
  companyid: string
  correlationid: string
  id: string
  traceparent?: string | null | undefined
}): Author {
  return {
    companyId: event.companyid,
    userId: null,
    requestId: event.correlationid,
    causationId: event.id,
    ...(typeof event.traceparent === 'string' ? { traceparent: event.traceparent } : {}),
  }
}
