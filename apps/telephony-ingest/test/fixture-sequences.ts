import { readdirSync } from 'node:fs'
import type { StoredCallEvent } from '../src/calls/stored-call-event.ts'
import { isObject } from '../src/providers/normalise/read-body.ts'
import { defaultSettings } from '../src/providers/provider.ts'
import { findProvider, type ProviderName } from '../src/providers/providers.ts'
import { fixturesFolder, hasFixtures, readFixture } from './fixtures.ts'
import { webhook } from './webhook.ts'

/** What one captured file tells, delivery by delivery: each is parsed alone, as if every row had come by itself. */
export type FixtureSequence = { readonly name: string; readonly events: readonly StoredCallEvent[] }

/** Folders whose files a provider's adapter reads. The others hold statistics, vectors, and systems without an adapter. */
const folders: Readonly<Record<string, ProviderName>> = {
  '3cx': 'threecx',
  asterisk: 'asterisk',
  freeswitch: 'freeswitch',
  jambonz: 'jambonz',
  kazoo: 'kazoo',
  plivo: 'plivo',
  ringcentral: 'ringcentral',
  signalwire: 'signalwire',
  telnyx: 'telnyx',
  twilio: 'twilio',
  vonage: 'vonage',
  wazo: 'asterisk',
  'wazo-queue_log': 'asterisk',
  'wazo-statcenter': 'asterisk',
  zadarma: 'zadarma',
}

const settings = { ...defaultSettings, timeZone: 'Asia/Tbilisi', recordingBaseUrl: 'https://pbx.example' }

/** Every file that tells of a call, and each folder's files together: calls that arrive mixed must not mix. */
export function fixtureSequences(): FixtureSequence[] {
  if (!hasFixtures) return []
  return Object.entries(folders).flatMap(([folder, provider]) => {
    const files = readdirSync(`${fixturesFolder}/${folder}`).filter((file) => !file.includes('.expected.'))
    const sequences = files
      .map((file) => ({ name: `${folder}/${file}`, events: distinct(eventsOf(provider, `${folder}/${file}`)) }))
      .filter(({ events }) => events.length > 0)
    const all = { name: `${folder}/*`, events: distinct(sequences.flatMap(({ events }) => events)) }
    return sequences.length > 1 ? [...sequences, all] : sequences
  })
}

function eventsOf(provider: ProviderName, path: string): StoredCallEvent[] {
  const adapter = findProvider(provider)
  return deliveriesOf(path, readFixture(path)).flatMap((body) => adapter?.parse(webhook(body), settings).events ?? [])
}

/** A file or a folder may show one event twice, with other words: the first says what it is. */
function distinct(events: readonly StoredCallEvent[]): StoredCallEvent[] {
  return [...new Map(events.toReversed().map((event) => [event.eventKey, event])).values()].toReversed()
}

function deliveriesOf(path: string, text: string): string[] {
  if (path.endsWith('.jsonl')) return text.trim().split('\n')
  if (path.endsWith('.csv')) return csvRows(text).map((row) => JSON.stringify([row]))
  if (path.endsWith('docs-line.txt'))
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.stringify([line]))
  const json = parsed(text)
  if (Array.isArray(json)) return json.map((item) => JSON.stringify(item))
  if (!isObject(json)) return [text]
  if (Array.isArray(json.cels)) return tableRows([json.columns, ...json.cels]).map((row) => JSON.stringify([row]))
  if (Array.isArray(json.steps)) return queueLogRows(json.steps).map((row) => JSON.stringify([row]))
  if (Array.isArray(json.arrival_order)) {
    return json.arrival_order.map((one) =>
      JSON.stringify({ uuid: 'leg-1', direction: 'outbound', conversation_uuid: json.conversation_uuid, ...one }),
    )
  }
  return [text]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // a form, or JSON that only its adapter can repair
  }
}

/** The first line of a table names its columns. */
function tableRows(table: readonly unknown[]): Record<string, unknown>[] {
  const [names, ...rows] = table as unknown[][]
  return rows.map((row) => Object.fromEntries(row.map((value, index) => [String(names?.[index]), value])))
}

function queueLogRows(steps: readonly unknown[]): Record<string, unknown>[] {
  return steps
    .filter(isObject)
    .flatMap(({ step, table }) =>
      /following queue_log entries/.test(String(step)) && Array.isArray(table) ? tableRows(table) : [],
    )
}

const CEL_COLUMNS =
  'eventtype,eventtime,cidname,cidnum,cidani,cidrdnis,ciddnid,exten,context,channame,appname,appdata,amaflags,accountcode,uniqueid,linkedid,peer,userdeftype,userfield,extra'

function csvRows(text: string): Record<string, unknown>[] {
  const lines = text.trim().split('\n')
  const hasNames = /^\w+(,\w+)+$/.test(lines[0]?.trim() ?? '')
  return tableRows((hasNames ? lines : [CEL_COLUMNS, ...lines]).map(cellsOf))
}

function cellsOf(line: string): string[] {
  const cells = line.trim().matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}
