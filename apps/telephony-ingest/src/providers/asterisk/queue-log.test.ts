import { describe, expect, test } from 'vitest'
import { webhook } from '../../../test/webhook.ts'
import { foldCall } from '../../calls/fold-call.ts'
import { defaultSettings, type NormalisedEvent } from '../provider.ts'
import { asterisk } from './asterisk.ts'

const START = Date.parse('2026-03-02T09:00:00Z')
const seconds = (offset: number) => START + offset * 1_000

function eventsOf(lines: readonly string[]): NormalisedEvent[] {
  const { events, unparsed } = asterisk.parse(webhook(JSON.stringify(lines)), defaultSettings)
  expect(unparsed).toStrictEqual([])
  return [...events]
}

describe('the queue log', () => {
  const log = (...lines: (readonly [offset: number, line: string])[]) =>
    foldCall(eventsOf(lines.map(([offset, line]) => `${seconds(offset) / 1_000}|1.1|${line}`)))

  test('rings in milliseconds, waits in seconds; who did not pick up is told apart from who did', () => {
    const call = log(
      [0, 'support|NONE|ENTERQUEUE||0599000001|1'],
      [11, 'support|SIP/102|RINGNOANSWER|10000'],
      [20, 'support|SIP/101|CONNECT|20|1.7|5'],
      [80, 'support|SIP/101|COMPLETEAGENT|20|60|1'],
      [81, 'support|SIP/101|WRAPUPSTART|15'],
    )
    expect(call).toMatchObject({
      status: 'COMPLETED',
      agent: 'SIP/101',
      waitSeconds: 20,
      talkSeconds: 60,
      wrapUpSeconds: 16,
    })
    expect(call.agentSegments).toMatchObject([
      { agent: 'SIP/102', kind: 'ring', seconds: 10, outcome: 'no_answer' },
      { agent: 'SIP/101', kind: 'ring', seconds: 5, outcome: 'answered' },
      { agent: 'SIP/101', kind: 'talk', seconds: 60 },
      { agent: 'SIP/101', kind: 'wrapup' },
    ])
  })

  test('one call, one queue twice, with a transfer between: three visits, and it ends with the last', () => {
    const call = log(
      [0, 'one|NONE|ENTERQUEUE||0599000001|1'],
      [1, 'one|NONE|EXITEMPTY|1|1|1'],
      [1, 'one|NONE|LEAVEEMPTY|'],
      [2, 'two|NONE|ENTERQUEUE||0599000001|1'],
      [10, 'two|SIP/101|CONNECT|8|1.7|5'],
      [70, 'two|SIP/101|BLINDTRANSFER|one|default|8|60|1'],
      [71, 'one|NONE|ENTERQUEUE||0599000001|1'],
      [91, 'one|NONE|ABANDON|1|1|20'],
    )
    expect(call.queueVisits).toMatchObject([
      { queue: 'one', entry: 1, outcome: 'left', reason: 'leaveempty' },
      { queue: 'two', entry: 1, outcome: 'answered', waitSeconds: 8 },
      { queue: 'one', entry: 2, outcome: 'abandoned', waitSeconds: 20 },
    ])
    expect(call).toMatchObject({ status: 'COMPLETED', endedAt: seconds(91) })
  })

  test('a completion proves the conversation that no line tells of', () => {
    expect(log([60, 'support|SIP/101|COMPLETECALLER|12|48|1'])).toMatchObject({
      status: 'COMPLETED',
      waitSeconds: 12,
      talkSeconds: 48,
    })
  })

  test.each(['FULL', 'JOINEMPTY', 'CLOSED', 'DIVERT_CA_RATIO'])('%s: turned away at the door', (event) => {
    expect(log([0, `support|NONE|${event}|`]).queueVisits).toMatchObject([
      { outcome: 'left', reason: event.toLowerCase(), waitSeconds: 0 },
    ])
  })

  test.each(['NONE|support|SIP/1|ADDMEMBER|', 'REALTIME|NONE|NONE|QUEUESTART|', 'MANAGER|support|SIP/1|PAUSE|lunch'])(
    '%s is about no caller',
    (line) => {
      expect(eventsOf([`1366720340|${line}`])).toStrictEqual([])
    },
  )
})
