import type { Author } from '@dealwire/contracts'
import type { KnownConnection } from '../connections/connection-directory.ts'
import type { NewDeadLetter } from '../dead-letters/dead-letter.ts'
import { storable } from '../providers/normalise/read-body.ts'
import { type Provider, textOf, type UnparsedItem, type WebhookRequest } from '../providers/provider.ts'
import type { Arrival } from './arrival.ts'

export type ReadWebhook = { readonly arrival: Arrival; readonly unparsed: readonly UnparsedItem[] }

/** What an authentic request says: events, and what could not be understood as dead letters. */
export function readWebhook(
  request: WebhookRequest,
  connection: KnownConnection,
  provider: Provider,
  author: Author,
): ReadWebhook {
  const { events, unparsed } = provider.parse(request, connection.settings)
  const letters = unparsed.map((item) => toLetter(item, request, connection))
  const { defaultRegion } = connection.settings
  const arrival = { author, connectionId: connection.id, defaultRegion, events, letters }
  const raw = { rawQuery: storable(request.rawQuery), body: request.rawBody }
  return { arrival: provider.name === 'generic' ? arrival : { ...arrival, raw }, unparsed }
}

/** Of a batch only the bad item is kept, as a batch of one, so that a retry reads it the way it came. */
function toLetter(item: UnparsedItem, request: WebhookRequest, connection: KnownConnection): NewDeadLetter {
  const isWhole = item.index === null || item.raw === textOf(request.rawBody)
  return {
    ...letterOf(request, connection),
    code: item.code,
    message: item.message,
    body: isWhole ? request.rawBody : Buffer.from(`{"events":[${item.raw}]}`),
  }
}

/** The whole request, for what can be read but not stored. */
export function unstorable(request: WebhookRequest, connection: KnownConnection, error: unknown): NewDeadLetter {
  const message = error instanceof Error ? error.message : String(error)
  return { ...letterOf(request, connection), code: 'not_storable', message, body: request.rawBody }
}

function letterOf(request: WebhookRequest, { companyId, id }: KnownConnection) {
  return { companyId, connectionId: id, rawQuery: request.rawQuery }
}
