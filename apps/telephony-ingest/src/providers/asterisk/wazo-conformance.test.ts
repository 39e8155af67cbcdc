import { describe, expect, test } from 'vitest'
import { seenCallLogs, sharesOf } from '../../../test/conformance-cases.ts'
import { fixtureFiles, hasFixtures, needsFixtures, readFixture } from '../../../test/fixtures.ts'
import { webhook } from '../../../test/webhook.ts'
import type { Call } from '../../calls/call.ts'
import { foldCall } from '../../calls/fold-call.ts'
import { defaultSettings, type NormalisedEvent } from '../provider.ts'
import { asterisk } from './asterisk.ts'

type Expectation = Record<string, unknown>
type Case = {
  columns: string[]
  cels: unknown[][]
  expected: { linkedid?: string; kind: string; subject?: string; match?: Expectation | Expectation[] }[]
}

const settings = { ...defaultSettings, defaultRegion: 'US', recordingBaseUrl: 'https://pbx.example' }
const cases = fixtureFiles('wazo')
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''))

const REQUIRED_SHARE = 0.9

/** Argued one by one in docs/telephony-conformance.md. */
const known = [
  'answered_internal_calls: date_answer',
  'answered_internal_calls: date_end',
  'incoming_call_no_cid_name_rewritten_cid_num: source_exten',
  'meeting_call_has_no_weird_exten: destination_exten',
  'meeting_call_has_no_weird_exten: requested_exten',
  'noanswer_forward_to_external_unanswered: destination_exten',
  'non_answered_call: date_answer',
  'non_answered_call: date_end',
  'non_answered_call: destination_exten',
  'recording_kept_when_callee_answered_without_caller_answer: date_answer',
]

function callsOf({ columns, cels }: Case): Call[] {
  const rows = cels.map((cel) => Object.fromEntries(columns.map((name, index) => [name, cel[index]])))
  const { events, unparsed } = asterisk.parse(webhook(JSON.stringify(rows)), settings)
  expect(unparsed).toStrictEqual([])
  return grouped(events).map(foldCall)
}

/** As ingestion groups them: identities that are named together are one call. */
function grouped(events: readonly NormalisedEvent[]): NormalisedEvent[][] {
  const rootOf = new Map<string, string>()
  const find = (key: string): string => {
    const parent = rootOf.get(key)
    return parent === undefined ? key : find(parent)
  }
  for (const { callKey, relatedCallKeys } of events) {
    for (const key of relatedCallKeys) if (find(key) !== find(callKey)) rootOf.set(find(key), find(callKey))
  }
  return [...Map.groupBy(events, ({ callKey }) => find(callKey)).values()]
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
const instant = (value: unknown) =>
  typeof value === 'string'
    ? new Date(value.replace(/([+-]\d\d)$/, '$1:00').replace(/([+-]\d\d)(\d\d)$/, '$1:$2')).toISOString()
    : value

/** The extension that took the call, else the last one that it rang, else what was dialled. */
function destinationOf(call: Call): string | null {
  const phones = call.legs.filter((leg) => !leg.isOrigin)
  const spoke = phones.filter((leg) => leg.outcome === 'answered').at(-1)
  return (spoke ?? phones.at(-1))?.to ?? call.to
}

/** What our model has a counterpart of. */
const counterparts: Record<string, (call: Call) => unknown> = {
  date: (call) => iso(call.startedAt),
  date_answer: (call) => iso(call.answeredAt),
  date_end: (call) => iso(call.endedAt),
  source_exten: (call) => call.from ?? '',
  requested_exten: (call) => call.to ?? '',
  destination_exten: (call) => destinationOf(call) ?? '',
  direction: (call) => call.direction.toLowerCase(),
  reached_voicemail: (call) => call.status === 'VOICEMAIL',
}

type Checked = {
  readonly name: string
  readonly property: string
  readonly expected: unknown
  readonly actual: unknown
}

function check(name: string, content: Case): Checked[] {
  if (!Array.isArray(content.cels)) return []
  const calls = callsOf(content)
  return content.expected.flatMap(({ match, kind, linkedid }) => {
    const wanted = matchesOf(match)
    return wanted.flatMap((expectation) => {
      const ofCall = linkedid === undefined ? undefined : calls.find((one) => one.callKeys.includes(linkedid))
      const call = ofCall ?? calls.find((one) => iso(one.startedAt) === instant(expectation.date)) ?? calls[0]
      if (call === undefined) return []
      return kind === 'recordings' ? recordings(name, expectation, call) : properties(name, expectation, call)
    })
  })
}

function matchesOf(match: Expectation | Expectation[] | undefined): Expectation[] {
  if (match === undefined) return []
  if (Array.isArray(match)) return match
  const listed = match.$contains_inanyorder
  return Array.isArray(listed) ? (listed as Expectation[]) : [match]
}

function properties(name: string, expectation: Expectation, call: Call): Checked[] {
  return Object.entries(expectation).flatMap(([property, value]) => {
    const read = counterparts[property]
    if (read === undefined || isMatcher(value)) return []
    const isDate = property.startsWith('date')
    return [{ name, property, expected: isDate ? instant(value) : (value ?? ''), actual: read(call) }]
  })
}

function isMatcher(value: unknown): boolean {
  return value !== null && typeof value === 'object'
}

function recordings(name: string, expectation: Expectation, call: Call): Checked[] {
  const expected = `https://pbx.example${expectation.path}`
  return [{ name, property: 'recording', expected, actual: call.recordings.find(({ url }) => url === expected)?.url }]
}

describe.skipIf(!hasFixtures)(needsFixtures('Wazo call logs'), () => {
  test('of the expectations that have a counterpart, nine in ten hold', () => {
    const checked = cases.flatMap((name) => check(name, JSON.parse(readFixture(`wazo/${name}.json`))))
    const differing = checked.filter(({ name, expected, actual }) => expected !== actual && seenCallLogs.has(name))
    expect(differing.map(({ name, property }) => `${name}: ${property}`)).toStrictEqual(known)
    expect(sharesOf(checked, seenCallLogs).all).toBeGreaterThanOrEqual(REQUIRED_SHARE)
  })
})
