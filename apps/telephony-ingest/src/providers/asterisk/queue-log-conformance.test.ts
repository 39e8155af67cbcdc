import { describe, expect, test } from 'vitest'
import { seenQueueScenarios, sharesOf } from '../../../test/conformance-cases.ts'
import { fixtureFiles, hasFixtures, needsFixtures, readFixture } from '../../../test/fixtures.ts'
import { webhook } from '../../../test/webhook.ts'
import type { Call } from '../../calls/call.ts'
import { foldCall } from '../../calls/fold-call.ts'
import { defaultSettings } from '../provider.ts'
import { asterisk } from './asterisk.ts'

/** A feature of Wazo's statistics: lines of a queue log, and what its tables show of them hour by hour. */
type Scenario = {
  readonly name: string
  readonly steps: readonly { readonly step: string; readonly table: string[][] }[]
}
type Checked = { readonly name: string; readonly about: string; readonly expected: string; readonly actual: string }

const REQUIRED_SHARE = 0.9

/** Argued one by one in docs/telephony-conformance.md. */
const known = [
  'Generate stats for total conversation time: 9h-10h Conversation',
  'Generate stats for total conversation time: Total Conversation',
  'Generate stats for received/answered calls: 8h-9h Answered',
  'Generate stats for received/answered calls: 8h-9h Answered rate',
  'Generate stats for received/answered calls: 9h-10h Answered',
  'Generate stats for received/answered calls: 9h-10h AWT',
  'Generate stats for received/answered calls: 9h-10h Answered rate',
  'Generate stats for received/answered calls: 9h-10h QoS',
  'Generate stats for received/answered calls: Total Answered',
  'Generate stats for received/answered calls: Total Answered rate',
]

function rowsOf(table: readonly (readonly string[])[]): Record<string, string>[] {
  const [columns = [], ...rows] = table
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? ''])))
}

function callsOf({ steps }: Scenario): Call[] {
  const rows = steps.filter(({ step }) => step.includes('queue_log entries')).flatMap(({ table }) => rowsOf(table))
  const { events, unparsed } = asterisk.parse(webhook(JSON.stringify(rows)), defaultSettings)
  expect(unparsed).toStrictEqual([])
  return [...Map.groupBy(events, ({ callKey }) => callKey).values()].map(foldCall)
}

/** What a row of a table is about: an hour, a day of a week, or all of it. */
function windowOf(label: string, day: string): readonly [number, number] {
  const start = Date.parse(`${day}T00:00:00Z`)
  const hour = /^(\d+)h-/.exec(label)?.[1]
  if (hour !== undefined) return [start + Number(hour) * 3_600_000, start + (Number(hour) + 1) * 3_600_000]
  const date = /day (\d+)$/.exec(label)?.[1]
  if (date === undefined) return [start, start + 7 * 86_400_000]
  const days = (Number(date) - new Date(start).getUTCDate() + 31) % 31
  return [start + days * 86_400_000, start + (days + 1) * 86_400_000]
}

type Figures = Readonly<Record<string, string>>

/** As our statistics count: a visit by the moment of its entry. */
function queueFigures(calls: readonly Call[], queue: string, [from, to]: readonly [number, number]): Figures {
  const visits = calls
    .flatMap((call) => call.queueVisits)
    .filter((visit) => visit.queue === queue && visit.enteredAt >= from && visit.enteredAt < to)
  const answered = visits.filter(({ outcome }) => outcome === 'answered')
  const because = (...reasons: string[]) => visits.filter(({ reason }) => reasons.includes(reason ?? '')).length
  const open = visits.length - because('closed')
  const waited = answered.reduce((sum, { waitSeconds }) => sum + waitSeconds, 0) / answered.length
  return {
    Received: String(visits.length),
    Answered: String(answered.length),
    Closed: String(because('closed')),
    Blocking: String(because('joinempty', 'leaveempty')),
    Saturated: String(because('full', 'divert_ca_ratio', 'divert_holdtime', 'divert_waittime')),
    'Answered rate': open === 0 ? '' : `${Math.round((100 * answered.length) / open)} %`,
    AWT: answered.length === 0 ? '' : clock(waited),
    QoS: answered.length === 0 ? '' : '100 %',
  }
}

function agentFigures(calls: readonly Call[], agent: string, [from, to]: readonly [number, number]): Figures {
  const talks = calls
    .flatMap((call) => call.agentSegments)
    .filter((segment) => segment.kind === 'talk' && segment.agent === `Agent/${agent}`)
    .filter(({ startedAt }) => startedAt >= from && startedAt < to)
  return { Answered: String(talks.length), Conversation: clock(talks.reduce((sum, { seconds }) => sum + seconds, 0)) }
}

function clock(seconds: number): string {
  return new Date(Math.round(seconds) * 1_000).toISOString().slice(11, 19)
}

/** No counterpart: when agents log in and pause is not a matter of calls. */
const beyondCalls = new Set(['Login', 'Pause'])

function check(name: string): Checked[] {
  const scenario: Scenario = JSON.parse(readFixture(`wazo-statcenter/${name}.json`))
  const calls = callsOf(scenario)
  return scenario.steps.flatMap(({ step, table }) => {
    const [, kind, subject = '', day = ''] = / on (agent )?"([^"]+)" on "([^"]+)"/.exec(step) ?? []
    if (!step.startsWith('Then')) return []
    const figures = kind === undefined ? queueFigures : agentFigures
    return rowsOf(table).flatMap(({ '': label = '', ...cells }) =>
      Object.entries(cells)
        .filter(([column]) => !beyondCalls.has(column))
        .map(([column, expected]) => ({
          name,
          about: `${scenario.name}: ${label} ${column}`,
          expected,
          actual: figures(calls, subject, windowOf(label, day))[column] ?? '',
        })),
    )
  })
}

describe.skipIf(!hasFixtures)(needsFixtures('Wazo queue statistics'), () => {
  const scenarios = fixtureFiles('wazo-statcenter').map((file) => file.replace('.json', ''))
  const checked = scenarios.flatMap(check)
  const differing = checked.filter(({ expected, actual }) => expected !== actual)

  test('of the figures that have a counterpart, nine in ten hold; every difference is a known one', () => {
    expect(differing.filter(({ name }) => seenQueueScenarios.has(name)).map(({ about }) => about)).toStrictEqual(known)
    expect(sharesOf(checked, seenQueueScenarios).all).toBeGreaterThanOrEqual(REQUIRED_SHARE)
  })

  test('so it is apart from the hours in which nothing happened', () => {
    const counting = checked.filter(({ expected }) => !['', '0', '00:00:00'].includes(expected))
    expect(sharesOf(counting, seenQueueScenarios).all).toBeGreaterThanOrEqual(0.8)
  })

  test.each(fixtureFiles('wazo-queue_log').filter((file) => file.endsWith('.csv')))(
    '%s is read to the last line',
    (file) => {
      const [header = '', ...lines] = readFixture(`wazo-queue_log/${file}`).trim().split('\n')
      const rows = rowsOf([header.split(','), ...lines.map((line) => line.split(','))])
      const { events, unparsed } = asterisk.parse(webhook(JSON.stringify(rows)), defaultSettings)
      expect(unparsed).toStrictEqual([])
      const calls = [...Map.groupBy(events, ({ callKey }) => callKey).values()].map(foldCall)
      const entries = rows.filter(({ event, callid }) => event === 'ENTERQUEUE' && callid !== 'NONE')
      expect(calls.flatMap(({ queueVisits }) => queueVisits)).toHaveLength(entries.length)
    },
  )

  test('leaving an empty queue, and falling over or coming back: a visit for each entry, with its reason', () => {
    const visits = (file: string) => {
      const [header = '', ...lines] = readFixture(`wazo-queue_log/${file}`).trim().split('\n')
      const rows = rowsOf([header.split(','), ...lines.map((line) => line.split(','))])
      const call = foldCall(asterisk.parse(webhook(JSON.stringify(rows)), defaultSettings).events)
      return call.queueVisits.map(({ queue, entry, outcome, reason }) => [queue, entry, outcome, reason])
    }
    expect(visits('fill_leaveempty_calls_reenter_same_queue.csv')).toStrictEqual([
      ['queue1', 1, 'left', 'leaveempty'],
      ['queue2', 1, 'answered', null],
      ['queue1', 2, 'left', 'leaveempty'],
      ['queue2', 2, 'answered', null],
    ])
  })
})
