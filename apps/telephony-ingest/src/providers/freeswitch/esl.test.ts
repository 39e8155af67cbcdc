import { describe, expect, test } from 'vitest'
import { hasFixtures, needsFixtures, readFixture } from '../../../test/fixtures.ts'
import { webhook } from '../../../test/webhook.ts'
import { foldCall } from '../../calls/fold-call.ts'
import { defaultSettings, type NormalisedEvent } from '../provider.ts'
import { freeswitch } from './freeswitch.ts'

const START = Date.parse('2026-03-02T09:00:00.250Z')
const microseconds = (offset: number) => String((START + offset * 1_000) * 1_000)

function eventsOf(...bodies: (string | object)[]): NormalisedEvent[] {
  return bodies.flatMap((body) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const { events, unparsed } = freeswitch.parse(webhook(text), defaultSettings)
    expect(unparsed).toStrictEqual([])
    return [...events]
  })
}

const caller = {
  'Unique-ID': 'leg-a',
  'Channel-Call-UUID': 'leg-a',
  'Call-Direction': 'inbound',
  'Caller-Caller-ID-Number': '+995599000001',
  'Caller-Destination-Number': '0322000002',
  'Caller-Channel-Created-Time': microseconds(0),
}
const phone = {
  'Unique-ID': 'leg-b',
  'Channel-Call-UUID': 'leg-a',
  'Call-Direction': 'outbound',
  'Other-Type': 'originator',
  'Other-Leg-Unique-ID': 'leg-a',
  'Caller-Caller-ID-Number': '+995599000001',
  'Caller-Destination-Number': '101',
  'Caller-Channel-Created-Time': microseconds(0.5),
  variable_dialed_user: '101',
}
const tell = (name: string, offset: number, leg: object, more: object = {}) => ({
  'Event-Name': name,
  'Event-Date-Timestamp': microseconds(offset),
  'Event-Sequence': String(Math.round(offset * 10)),
  ...leg,
  ...more,
})
const ended = { 'Caller-Channel-Hangup-Time': microseconds(69), 'Hangup-Cause': 'NORMAL_CLEARING' }
const answered = { 'Caller-Channel-Answered-Time': microseconds(9), 'Caller-Channel-Bridged-Time': microseconds(9) }
const call = [
  tell('CHANNEL_CREATE', 0, caller),
  tell('CHANNEL_CREATE', 0.5, phone),
  tell('CHANNEL_PROGRESS', 1, phone),
  tell('CHANNEL_ANSWER', 9, phone),
  tell('CHANNEL_ANSWER', 9, caller),
  tell('CHANNEL_BRIDGE', 9, caller, { 'Other-Type': 'originatee', 'Other-Leg-Unique-ID': 'leg-b' }),
  tell('CHANNEL_HOLD', 20, phone),
  tell('CHANNEL_UNHOLD', 30, phone),
  tell('CHANNEL_HANGUP', 69, caller),
  tell('CHANNEL_HANGUP_COMPLETE', 69, phone, { ...answered, ...ended }),
  tell('CHANNEL_HANGUP_COMPLETE', 69, caller, { ...answered, ...ended }),
  { 'Event-Name': 'HEARTBEAT' },
]
const expected = {
  direction: 'INBOUND',
  status: 'COMPLETED',
  from: '+995599000001',
  to: '0322000002',
  extension: '101',
  startedAt: START,
  answeredAt: START + 9_000,
  ringSeconds: 8,
  talkSeconds: 50,
  holdSeconds: 10,
  durationSeconds: 69,
}

describe('the event socket', () => {
  test('a call, event by event, in one batch and in any order', () => {
    expect(foldCall(eventsOf(...call))).toMatchObject({ ...expected, ringSeconds: 8.5 })
    expect(eventsOf({ events: call })).toStrictEqual(eventsOf(...call))
    expect(foldCall(eventsOf(call.toReversed()))).toStrictEqual(foldCall(eventsOf(...call)))
  })

  test('while it goes on, it is live', () => {
    expect(foldCall(eventsOf(...call.slice(0, 3)))).toMatchObject({ status: 'RINGING', isEnded: false })
    expect(foldCall(eventsOf(...call.slice(0, 6)))).toMatchObject({ status: 'ACTIVE' })
  })

  test('the end of a leg and its detail record are one: the same keys, and so no event twice', () => {
    const [end] = call.filter((event) => event['Event-Name'] === 'CHANNEL_HANGUP_COMPLETE').slice(-1)
    const record = {
      variables: {
        uuid: 'leg-a',
        call_uuid: 'leg-a',
        direction: 'inbound',
        hangup_cause: 'NORMAL_CLEARING',
        start_uepoch: microseconds(0),
        answer_uepoch: microseconds(9),
        bridge_uepoch: microseconds(9),
        end_uepoch: microseconds(69),
      },
      callflow: [
        { caller_profile: { caller_id_number: '+995599000001', destination_number: '0322000002' }, times: {} },
      ],
    }
    const what = ({ eventKey, type, occurredAt }: NormalisedEvent) => [eventKey, type, occurredAt]
    expect(eventsOf(record).map(what)).toStrictEqual(eventsOf(end ?? {}).map(what))
  })

  test('the plain form, percent-encoded, is the same event', () => {
    for (const event of call) {
      const plain = Object.entries(event)
        .map(([name, value]) => `${name}: ${encodeURIComponent(String(value))}`)
        .join('\n')
      expect(eventsOf(`${plain}\n\n`)).toStrictEqual(eventsOf(event))
    }
  })

  test('a queue: entered, an agent, or nobody', () => {
    const info = (action: string, offset: number, more: object = {}) =>
      tell('CUSTOM', offset, {
        'Event-Subclass': 'callcenter::info',
        'CC-Action': action,
        'CC-Queue': 'support@pbx',
        'CC-Member-Session-UUID': 'leg-a',
        ...more,
      })
    const start = [tell('CHANNEL_CREATE', 0, caller), info('member-queue-start', 1)]
    const taken = [...start, info('agent-offering', 2), info('bridge-agent-start', 20, { 'CC-Agent': 'anna@pbx' })]
    expect(foldCall(eventsOf(taken))).toMatchObject({ status: 'ACTIVE', agent: 'anna@pbx', waitSeconds: 19 })
    const gone = info('member-queue-end', 40, { 'CC-Cause': 'Cancel', 'CC-Cancel-Reason': 'BREAK_OUT' })
    expect(foldCall(eventsOf([...start, gone]))).toMatchObject({ status: 'ABANDONED', waitSeconds: 39 })
    const timedOut = info('member-queue-end', 40, { 'CC-Cause': 'Cancel', 'CC-Cancel-Reason': 'TIMEOUT' })
    expect(foldCall(eventsOf([...start, timedOut])).queueVisits).toMatchObject([{ outcome: 'left', reason: 'timeout' }])
  })

  test('an event that cannot be understood is kept, its neighbours are not lost', () => {
    const parsed = freeswitch.parse(
      webhook(JSON.stringify([...call.slice(0, 1), { 'Event-Name': 'NEWS' }, 7])),
      defaultSettings,
    )
    expect(parsed.events).toHaveLength(1)
    expect(parsed.unparsed).toMatchObject([
      { index: 1, code: 'unknown_event' },
      { index: 2, code: 'cdr_incomplete' },
    ])
  })
})

describe.skipIf(!hasFixtures)(needsFixtures('a captured end'), () => {
  test('of a call between two phones, with 303 headers', () => {
    expect(foldCall(eventsOf(readFixture('freeswitch/esl-channel_hangup_complete.txt')))).toMatchObject({
      externalId: 'e3133bf7-dcde-4daf-9663-9a79ffcef5ad',
      direction: 'INTERNAL',
      status: 'COMPLETED',
      from: '1001',
      to: '1003',
      startedAt: 1_436_280_728_471,
      answeredAt: 1_436_280_728_971,
      endedAt: 1_436_280_794_010,
    })
  })
})
