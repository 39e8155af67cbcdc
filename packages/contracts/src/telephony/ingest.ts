import { z } from 'zod'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { callEventBatch, callEventBatchAnswer } from './call-events.ts'

export const ingestEventsRoute = defineRoute({
  method: 'POST',
  path: '/v1/telephony/events',
  service: 'telephony-ingest',
  permission: 'telephony:ingest',
  description: 'Duplicates (same connection and `eventId`) change nothing, so a batch can be sent again as a whole.',
  summary:
    'Post up to 500 call events. Valid events of a batch with bad ones are stored; an event id that is known changes nothing. Without `connectionId`: the company’s own generic connection.',
  bodyLimitBytes: 2 * 1024 * 1024,
  body: callEventBatch,
  errors: ['connection_disabled'],
  responses: { 202: callEventBatchAnswer, 404: problem, 409: problem, 503: problem },
})

const WEBHOOK_BODY_BYTES = 256 * 1024

/** Loose: whatever is not a known address is refused as a wrong secret is, so that nobody learns which connections exist. */
const address = { provider: z.string().max(50), connectionId: z.string().max(100) }

const webhook = {
  service: 'telephony-ingest',
  permission: 'webhook',
  raw: true,
  bodyLimitBytes: WEBHOOK_BODY_BYTES,
  responses: { 200: callEventBatchAnswer, 401: problem, 413: problem, 503: problem },
} as const

const atConnection = {
  ...webhook,
  path: '/v1/telephony/webhooks/:provider/:connectionId',
  params: z.strictObject(address),
  summary: 'Webhook of a PBX that signs its requests or sends HTTP Basic. Answers after the events are committed.',
} as const

const withToken = {
  ...webhook,
  path: '/v1/telephony/webhooks/:provider/:connectionId/:token',
  params: z.strictObject({ ...address, token: z.string().max(600) }),
  summary: 'Webhook of a PBX that cannot send credentials: the secret is the last part of the path.',
} as const

export const postWebhookRoute = defineRoute({ ...atConnection, method: 'POST' })
export const postWebhookWithTokenRoute = defineRoute({ ...withToken, method: 'POST' })
export const getWebhookRoute = defineRoute({ ...atConnection, method: 'GET' })
export const getWebhookWithTokenRoute = defineRoute({ ...withToken, method: 'GET' })
