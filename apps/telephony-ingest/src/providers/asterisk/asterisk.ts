import { isObject, notUnderstood, printed, readJson } from '../normalise/read-body.ts'
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
import { amiEvents } from './ami.ts'
import { ariEvents } from './ari.ts'
import { cdrEvents } from './cdr.ts'
import { celEvents } from './cel.ts'
import { recordOfLine } from './csv-line.ts'
import { queueLogEvents } from './queue-log.ts'
import { type Row, rowOf } from './row.ts'

/**
 * What an Asterisk bridge posts: a JSON array, or an object with one under `events`, of channel event records, detail
 * records, manager events and ARI events as objects, and of lines of the files of any of them as they stand there, in any
 * mixture. Each says what it is by its own fields.
 */
export const asterisk: Provider = {
  name: 'asterisk',
  methods: ['POST'],
  verify: verifySharedSecret,
  parse: parseBatch,
}

const MAX_ITEMS = 2_000

function parseBatch(request: WebhookRequest, settings: ProviderSettings): ParsedWebhook {
  const body = textOf(request.rawBody)
  const json = readJson(body)
  const batch = isObject(json) && Array.isArray(json.events) ? json.events : json
  const items: unknown[] = Array.isArray(batch) ? batch : isObject(batch) ? [batch] : []
  if (items.length === 0 || items.length > MAX_ITEMS) {
    return notUnderstood(request, 'malformed_json', `The body is not a JSON array of 1 to ${MAX_ITEMS} events`)
  }
  const events: NormalisedEvent[] = []
  const unparsed: UnparsedItem[] = []
  for (const [index, item] of items.entries()) {
    const told = readItem(item, settings, request.receivedAtMs)
    if (typeof told === 'string') {
      unparsed.push({ index, code: 'unknown_record', message: told, raw: printed(item, body) })
    } else events.push(...told)
  }
  return { events, unparsed }
}

function readItem(item: unknown, settings: ProviderSettings, receivedAtMs: number): NormalisedEvent[] | string {
  if (typeof item === 'string') return readLine(item, settings, receivedAtMs)
  if (!isObject(item)) return 'A record must be an object, or a line of a log'
  const row: Row = rowOf(item, settings, receivedAtMs)
  if (row.field('eventtype') !== null) return celEvents(row)
  if (row.field('disposition') !== null) return cdrEvents(row)
  // What a bridge passes on of the answers to its own commands.
  if (row.field('response') !== null) return []
  const event = row.field('event')?.toLowerCase() ?? null
  if (event === 'cel') return celEvents(rowOf(celOfManager(item), settings, receivedAtMs))
  if (event !== null && row.field('callid') === null) return amiEvents(row)
  if (isObject(item.channel) || row.field('asterisk_id') !== null) return ariEvents(item, row)
  return queueLogEvents(item, settings) ?? 'The record is none of CEL, CDR, AMI, ARI or queue log'
}

function readLine(line: string, settings: ProviderSettings, receivedAtMs: number): NormalisedEvent[] | string {
  const record = recordOfLine(line)
  if (record !== undefined) return readItem(record, settings, receivedAtMs)
  return queueLogEvents(line, settings) ?? 'The text is no line of a queue log, a CEL or a CDR file'
}

const managerNames: Readonly<Record<string, string>> = {
  EventName: 'eventtype',
  CallerIDnum: 'cidnum',
  Channel: 'channame',
  Application: 'appname',
  UserDefType: 'usereventname',
}

/** A channel event as the manager interface tells it: the same, under names of its own. */
function celOfManager(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = Object.entries(item).map(([name, value]) => [managerNames[name] ?? name, value])
  return Object.fromEntries(named)
}
