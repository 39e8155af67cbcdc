import { z } from 'zod'
import { instantOut, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

/** PBXs that a connection can be made for. Only ever added to. */
export const telephonyProviders = [
  'generic',
  'asterisk',
  'freeswitch',
  'aircall',
  'jambonz',
  'kazoo',
  'plivo',
  'ringcentral',
  'telnyx',
  'threecx',
  'twilio',
  'vonage',
  'zadarma',
  'signalwire',
  'dial9',
  'hipcall',
] as const
export const connectionStatuses = ['ACTIVE', 'SILENT', 'DISABLED'] as const

/** What a connection says about its PBX. Left out at creation: the company's own region and time zone. */
export const connectionSettings = z.strictObject({
  /** ISO 3166: the region of numbers written without a country code. */
  defaultRegion: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code such as "GE"'),
  /** IANA name: for providers that write local times without a zone. */
  timeZone: text(64).refine(isTimeZone, 'must be an IANA time zone such as "Asia/Tbilisi"'),
  /** Numbers of at most this many digits are extensions of the PBX. */
  maxExtensionDigits: z.int().min(2).max(9),
  /** Where recordings that the PBX names by path can be fetched. */
  recordingBaseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  /** The user with whom recordings are fetched from `recordingBaseUrl`, and from nowhere else; the password is the connection's secret. */
  recordingUser: text(200).nullish(),
})
export type ConnectionSettings = z.output<typeof connectionSettings>

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false // the way Intl says that it does not know the name
  }
}

export const connection = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  provider: z.enum(telephonyProviders),
  status: z.enum(connectionStatuses),
  /** Where the PBX posts to. A PBX that cannot send credentials appends `/` and the secret. */
  webhookUrl: z.string(),
  isDefault: z.boolean(),
  lastEventAt: instantOut.nullable(),
  eventsCount: z.int().min(0),
  duplicatesCount: z.int().min(0),
  /** Requests whose credentials were wrong. */
  refusedCount: z.int().min(0),
  /** Events that came after a later one of their call: harmless, but a sign of retries or of several ways. */
  outOfOrderCount: z.int().min(0),
  /** Live calls of which nothing was heard for an hour; after six they are ended. */
  stuckCallsCount: z.int().min(0),
  /** How long ago the newest batch's events had happened when they were stored; null: none yet. Negative: their clock is ahead. */
  lagMs: z.int().nullable(),
  settings: connectionSettings,
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})
export type Connection = z.output<typeof connection>

/** The only answers that show the secret: it is stored encrypted and never read back, so a replayed answer has null. */
export const connectionWithSecret = connection.extend({ secret: z.string().nullable() })

/** Of the provider's making where it has one of its own; else made here. */
const secret = z
  .string()
  .min(16)
  .max(500)
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')

export const listConnectionsRoute = defineRoute({
  method: 'GET',
  path: '/v1/telephony/connections',
  service: 'telephony-ingest',
  permission: 'telephony:manage',
  summary: 'List the PBX connections.',
  query: pageQuery({
    sorts: ['createdAt', 'name'],
    defaultSort: '-createdAt',
    filters: {
      provider: z.enum(telephonyProviders).optional(),
      status: z.enum(connectionStatuses).optional(),
      q: text(100).optional(),
    },
  }),
  responses: { 200: pageOf(connection) },
})

export const createConnectionRoute = defineRoute({
  method: 'POST',
  path: '/v1/telephony/connections',
  service: 'telephony-ingest',
  permission: 'telephony:manage',
  summary: 'Create a PBX connection. The answer shows its secret, this once.',
  idempotent: true,
  body: z.strictObject({
    name: text(200),
    provider: z.enum(telephonyProviders),
    secret: secret.optional(),
    settings: connectionSettings.partial().optional(),
  }),
  responses: { 201: connectionWithSecret, 409: problem, 422: problem },
})

export const getConnectionRoute = defineRoute({
  method: 'GET',
  path: '/v1/telephony/connections/:id',
  service: 'telephony-ingest',
  permission: 'telephony:manage',
  summary: 'Get one PBX connection.',
  responses: { 200: connection, 404: problem },
})

export const updateConnectionRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/telephony/connections/:id',
  service: 'telephony-ingest',
  permission: 'telephony:manage',
  summary: 'Rename a connection, change its settings, or disable it: a disabled one accepts nothing.',
  body: z.strictObject({
    name: text(200).optional(),
    status: z.enum(['ACTIVE', 'DISABLED']).optional(),
    settings: connectionSettings.partial().optional(),
  }),
  responses: { 200: connection, 404: problem, 412: problem },
})

export const deleteConnectionRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/telephony/connections/:id',
  service: 'telephony-ingest',
  permission: 'telephony:manage',
  summary: 'Delete a connection. Its calls stay; its webhook accepts nothing any more.',
  responses: { 204: null, 404: problem, 412: problem },
})

export const rotateConnectionSecretRoute = defineRoute({
  method: 'POST',
  path: '/v1/telephony/connections/:id/rotate-secret',
  service: 'telephony-ingest',
  permission: 'telephony:manage',
  summary: 'Replace the secret and show the new one, this once. For `graceSeconds` the one before it is accepted too.',
  body: z.strictObject({ secret: secret.optional(), graceSeconds: z.int().min(0).max(86_400).default(0) }),
  responses: { 200: connectionWithSecret, 404: problem, 412: problem },
})
