import {
  type Actor,
  type Author,
  type CallEventBatchAnswer,
  getWebhookRoute,
  getWebhookWithTokenRoute,
  ingestEventsRoute,
  postWebhookRoute,
  postWebhookWithTokenRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import { type Answer, accepted, ok, route } from '@dealwire/http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { KnownConnection } from '../connections/connection-directory.ts'
import { keepDeadLetters } from '../dead-letters/keep-dead-letters.ts'
import type { Dependencies } from '../dependencies.ts'
import { answerPbx } from '../lookup/answer-pbx.ts'
import { normaliseBatch } from '../providers/generic.ts'
import type { Provider, UnparsedItem, WebhookRequest } from '../providers/provider.ts'
import type { Receipt } from './arrival.ts'
import { authenticateWebhook, webhookRefused } from './authenticate-webhook.ts'
import { isStorageTrouble } from './commit-arrivals.ts'
import type { IngestMetrics } from './ingest-metrics.ts'
import { readWebhook, unstorable } from './read-webhook.ts'

type WebhookCall = {
  readonly actor: Actor
  readonly params: { readonly provider: string; readonly connectionId: string; readonly token?: string }
  readonly request: FastifyRequest
}

export function ingestRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const webhook = (call: WebhookCall) => receiveWebhook(dependencies, call)
  route(app, postWebhookRoute, webhook)
  route(app, postWebhookWithTokenRoute, webhook)
  route(app, getWebhookRoute, webhook)
  route(app, getWebhookWithTokenRoute, webhook)

  route(app, ingestEventsRoute, async ({ actor, body }) => {
    const connection = await connectionOf(dependencies, actor, body.connectionId)
    const { events, unparsed } = normaliseBatch(body.events, '')
    const { defaultRegion } = connection.settings
    const arrival = { author: actor, connectionId: connection.id, defaultRegion, events, letters: [] }
    const receipt = events.length === 0 ? nothing : await dependencies.arrivals.add(arrival)
    countEvents(dependencies.metrics, receipt, unparsed)
    return accepted(answerOf(receipt, unparsed))
  })
}

const nothing: Receipt = { accepted: 0, duplicates: 0 }

/** Answers when the events are committed, and not before. */
async function receiveWebhook(dependencies: Dependencies, { actor, params, request }: WebhookCall): Promise<Answer> {
  const { connections, metrics, publicUrl } = dependencies
  const received = toWebhookRequest(request, publicUrl, params.token)
  const known = await connections.find(params.connectionId)
  const authenticated = authenticateWebhook(received, params, known, Date.now())
  if ('reason' in authenticated) {
    metrics.refused.inc({ reason: authenticated.reason })
    if (known !== undefined) dependencies.refusals.note(known.companyId, known.id)
    throw webhookRefused()
  }
  const { connection, provider } = authenticated
  const asked = provider.lookup?.phoneIn(received) ?? null
  if (provider.lookup !== undefined && asked !== null) {
    return answerPbx(dependencies.database, connection, provider.lookup, asked)
  }
  const author: Author = { ...actor, companyId: connection.companyId, userId: null }
  const { arrival, unparsed } = readWebhook(received, connection, provider, author)
  try {
    const isEmpty = arrival.events.length + arrival.letters.length === 0
    const receipt = isEmpty ? nothing : await dependencies.arrivals.add(arrival)
    countEvents(metrics, receipt, unparsed)
    return provider.answer === undefined
      ? ok(answerOf(receipt, unparsed))
      : inWordsOf(provider, received, receipt, unparsed)
  } catch (error) {
    if (isStorageTrouble(error)) throw error
    request.log.error({ err: error, connectionId: connection.id }, 'a webhook cannot be stored; kept as a dead letter')
    await withTx(dependencies.database, async (tx) => keepDeadLetters(tx, [unstorable(received, connection, error)]))
    return ok(answerOf(nothing, [{ index: null, code: 'not_storable', message: 'Kept, to be tried again.', raw: '' }]))
  }
}

function countEvents({ events }: IngestMetrics, receipt: Receipt, unparsed: readonly UnparsedItem[]): void {
  events.inc({ outcome: 'accepted' }, receipt.accepted)
  events.inc({ outcome: 'duplicate' }, receipt.duplicates)
  events.inc({ outcome: 'not_understood' }, unparsed.length)
}

/** Some providers take any body but the one they expect for an error, or for an instruction. */
function inWordsOf(
  provider: Provider,
  request: WebhookRequest,
  receipt: Receipt,
  unparsed: readonly UnparsedItem[],
): Answer {
  const words = provider.answer?.(request)
  if (words === undefined) return ok(answerOf(receipt, unparsed))
  return { status: 200, body: words.body, headers: { 'content-type': words.contentType, ...words.headers } }
}

function toWebhookRequest(request: FastifyRequest, publicUrl: string, token: string | undefined): WebhookRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ])
  const queryAt = request.url.indexOf('?')
  return {
    method: request.method,
    publicUrl: publicUrl + request.url,
    headers: Object.fromEntries(headers),
    rawQuery: queryAt === -1 ? '' : request.url.slice(queryAt + 1),
    rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    pathToken: token ?? null,
    receivedAtMs: Date.now(),
  }
}

async function connectionOf(
  { connections }: Dependencies,
  actor: Actor,
  id: string | undefined,
): Promise<KnownConnection> {
  if (id === undefined) return connections.findOwn(actor)
  const connection = await connections.find(id)
  if (connection?.companyId !== actor.companyId) throw notFound('connection', id)
  if (connection.isDisabled) {
    throw new AppError(
      'conflict',
      'connection_disabled',
      `Connection '${id}' is disabled; enable it before posting events to it.`,
    )
  }
  return connection
}

function answerOf(receipt: Receipt, unparsed: readonly UnparsedItem[]): CallEventBatchAnswer {
  const rejected = unparsed.map(({ index, code, message }) => ({ index: index ?? 0, code, message }))
  return { ...receipt, rejected }
}
