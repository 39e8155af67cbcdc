import { type CallEventInput, callEventBatch, callEventInput } from '@dealwire/contracts'
import type { z } from 'zod'
import { printed } from './normalise/read-body.ts'
import type { NormalisedEvent, ParsedWebhook, Provider, UnparsedItem, WebhookRequest } from './provider.ts'
import { textOf } from './provider.ts'
import { verifyStandardWebhook } from './standard-webhooks.ts'

/** The canonical batch of the public API, signed by Standard Webhooks headers: for any PBX with a script of its own. */
export const generic: Provider = {
  name: 'generic',
  methods: ['POST'],
  verify: verifyStandardWebhook,
  parse: (request) => parseBatch(request),
}

/** Item by item: a bad event costs itself only. `body` is kept in place of an item that cannot be printed on its own. */
export function normaliseBatch(items: readonly unknown[], body: string): ParsedWebhook {
  const events: NormalisedEvent[] = []
  const unparsed: UnparsedItem[] = []
  for (const [index, item] of items.entries()) {
    const result = callEventInput.safeParse(item)
    if (result.success) events.push(normaliseInput(result.data))
    else unparsed.push({ index, code: 'validation_failed', message: describe(result.error), raw: printed(item, body) })
  }
  return { events, unparsed }
}

export function normaliseInput(input: CallEventInput): NormalisedEvent {
  return {
    eventKey: input.eventId,
    callKey: input.callId,
    legId: input.legId ?? null,
    type: input.type,
    occurredAt: Date.parse(input.occurredAt),
    sequence: input.sequence ?? null,
    sequenceScope: null,
    direction: input.direction,
    from: presentText(input.from),
    to: presentText(input.to),
    queue: input.queue ?? null,
    agent: input.agent ?? null,
    extension: input.extension ?? null,
    recordingUrl: input.recordingUrl ?? null,
    hangupCause: input.hangupCause ?? null,
    relatedCallKeys: [],
    data: input.data ?? null,
  }
}

function parseBatch(request: WebhookRequest): ParsedWebhook {
  const raw = textOf(request.rawBody)
  const refuse = (code: string, message: string): ParsedWebhook => ({
    events: [],
    unparsed: [{ index: null, code, message, raw }],
  })
  const body = readJson(raw)
  if (body === undefined) return refuse('malformed_json', 'The body is not JSON')
  const batch = callEventBatch.safeParse(body)
  return batch.success ? normaliseBatch(batch.data.events, raw) : refuse('validation_failed', describe(batch.error))
}

function readJson(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    // Not JSON: the caller keeps the text as a dead letter.
    return undefined
  }
}

function describe(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'event'}: ${issue.message}`)
    .join('; ')
}

function presentText(value: string): string | null {
  return value === '' ? null : value
}
