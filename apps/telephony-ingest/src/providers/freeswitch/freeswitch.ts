import { type ParsedWebhook, type Provider, type ProviderSettings, textOf, type WebhookRequest } from '../provider.ts'
import { verifySharedSecret } from '../shared-secret.ts'
import { cdrEvents } from './cdr-events.ts'
import { readCdrRecord } from './cdr-record.ts'
import { readCdrText } from './cdr-text.ts'
import { parseCdrJson } from './repair-json.ts'

/**
 * FreeSWITCH call detail records as JSON, from mod_json_cdr and mod_format_cdr: one document per leg, after the leg ended,
 * in any order. A document becomes the events of its leg under stable keys, so that a record sent again is a duplicate.
 */
export const freeswitch: Provider = {
  name: 'freeswitch',
  methods: ['POST'],
  verify: verifySharedSecret,
  parse: (request, settings) => parseCdr(request, settings),
}

function parseCdr(request: WebhookRequest, settings: ProviderSettings): ParsedWebhook {
  const body = textOf(request.rawBody)
  const refuse = (code: string, message: string): ParsedWebhook => ({
    events: [],
    unparsed: [{ index: null, code, message, raw: body }],
  })
  const text = readCdrText(body)
  if (text.trimStart().startsWith('<')) return refuse('cdr_is_xml', 'The record is XML; set the format to json')
  const json = parseCdrJson(text)
  if (json === undefined) return refuse('malformed_json', 'The record is not JSON, even after repair')
  const record = readCdrRecord(json, request.rawQuery)
  if ('problem' in record) return refuse('cdr_incomplete', record.problem)
  return { events: cdrEvents(record, settings), unparsed: [] }
}
