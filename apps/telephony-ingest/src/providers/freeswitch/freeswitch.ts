import { isObject, printed } from '../normalise/read-body.ts'
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
 * Events of the event socket come to the same address. An array, or an object with one under `events`, is a batch of either, or
 * of the text of documents as the modules left them on the disk.
 */
export const freeswitch: Provider = {
  name: 'freeswitch',
  methods: ['POST'],
  verify: verifySharedSecret,
  parse: parseBody,
}

const MAX_ITEMS = 2_000

type Problem = { readonly code: string; readonly message: string }

function parseBody(request: WebhookRequest, settings: ProviderSettings): ParsedWebhook {
  const body = textOf(request.rawBody)
  const item = readText(body)
  const batch = batchIn(item)
  if (batch !== undefined) return parseBatch(batch, body, settings)
  const told = readItem(item, request.rawQuery, settings)
  return Array.isArray(told)
    ? { events: told, unparsed: [] }
    : { events: [], unparsed: [{ index: null, ...told, raw: body }] }
}

function batchIn(item: unknown): readonly unknown[] | undefined {
  const items = isObject(item) && Array.isArray(item.events) ? item.events : item
  return Array.isArray(items) && items.length > 0 && items.length <= MAX_ITEMS ? items : undefined
}

function parseBatch(items: readonly unknown[], body: string, settings: ProviderSettings): ParsedWebhook {
  const events: NormalisedEvent[] = []
  const unparsed: UnparsedItem[] = []
  for (const [index, item] of items.entries()) {
    const told = readItem(typeof item === 'string' ? readText(item) : item, '', settings)
    if (Array.isArray(told)) events.push(...told)
    else unparsed.push({ index, ...told, raw: printed(item, body) })
  }
  return { events, unparsed }
}

const isXml: Problem = { code: 'cdr_is_xml', message: 'The record is XML; set the format to json' }
const isNoJson: Problem = { code: 'malformed_json', message: 'The record is not JSON, even after repair' }

/** What a text says, in whatever encoding it came; a problem where it says nothing. */
function readText(body: string): unknown {
  const event = readPlainEvent(body)
  if (event !== undefined) return event
  const text = readCdrText(body)
  if (text.trimStart().startsWith('<')) return isXml
  const json = parseCdrJson(text)
  return json === undefined ? isNoJson : json
}

function readItem(item: unknown, rawQuery: string, settings: ProviderSettings): NormalisedEvent[] | Problem {
  if (item === isXml || item === isNoJson) return item as Problem
  if (isObject(item) && Object.hasOwn(item, 'Event-Name')) {
    const told = eslEvents(item, settings)
    return typeof told === 'string' ? { code: 'unknown_event', message: told } : told
  }
  const record = readCdrRecord(item, rawQuery)
  return 'problem' in record ? { code: 'cdr_incomplete', message: record.problem } : cdrEvents(record, settings)
}
