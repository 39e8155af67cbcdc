import { isObject } from '../normalise/read-body.ts'
import {
  type NormalisedEvent,
  type ParsedWebhook,
  type Provider,
  type ProviderSettings,
  textOf,
  type UnparsedItem,
  type WebhookRequest,
} from '../provider.ts'
import { verifySharedSecret } from '../shared-secret.ts'
import { cdrEvents } from './cdr-events.ts'
import { readCdrRecord } from './cdr-record.ts'
import { readCdrText } from './cdr-text.ts'
import { eslEvents, readPlainEvent } from './esl.ts'
import { parseCdrJson } from './repair-json.ts'

/**
 * FreeSWITCH call detail records as JSON, from mod_json_cdr and mod_format_cdr: one document per leg, after the leg ended,
 * in any order. A document becomes the events of its leg under stable keys, so that a record sent again is a duplicate.
 * Events of the event socket come to the same address: one, an array of them, or an object with one under `events`.
 */
export const freeswitch: Provider = {
  name: 'freeswitch',
  methods: ['POST'],
  verify: verifySharedSecret,
  parse: parseBody,
}

const MAX_EVENTS = 2_000

function parseBody(request: WebhookRequest, settings: ProviderSettings): ParsedWebhook {
  const body = textOf(request.rawBody)
  const plain = readPlainEvent(body)
  if (plain !== undefined) return parseEvents([plain], settings)
  const refuse = (code: string, message: string): ParsedWebhook => ({
    events: [],
    unparsed: [{ index: null, code, message, raw: body }],
  })
  const text = readCdrText(body)
  if (text.trimStart().startsWith('<')) return refuse('cdr_is_xml', 'The record is XML; set the format to json')
  const json = parseCdrJson(text)
  if (json === undefined) return refuse('malformed_json', 'The record is not JSON, even after repair')
  const events = eslEventsIn(json)
  if (events !== undefined) return parseEvents(events, settings)
  const record = readCdrRecord(json, request.rawQuery)
  if ('problem' in record) return refuse('cdr_incomplete', record.problem)
  return { events: cdrEvents(record, settings), unparsed: [] }
}

/** Undefined for what is not of the event socket: a detail record, or nothing that we know. */
function eslEventsIn(json: unknown): readonly unknown[] | undefined {
  const listed = isObject(json) && Array.isArray(json.events) ? json.events : json
  const events = Array.isArray(listed) ? listed : [listed]
  const isOfSocket = events.some((event) => isObject(event) && Object.hasOwn(event, 'Event-Name'))
  return isOfSocket && events.length <= MAX_EVENTS ? events : undefined
}

function parseEvents(items: readonly unknown[], settings: ProviderSettings): ParsedWebhook {
  const events: NormalisedEvent[] = []
  const unparsed: UnparsedItem[] = []
  for (const [index, item] of items.entries()) {
    const told = isObject(item) ? eslEvents(item, settings) : 'An event must be an object'
    if (typeof told === 'string')
      unparsed.push({ index, code: 'unknown_event', message: told, raw: JSON.stringify(item) })
    else events.push(...told)
  }
  return { events, unparsed }
}
