import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasFixtures, needsFixtures, readFixture } from '../../../test/fixtures.ts'
import { webhook } from '../../../test/webhook.ts'
import { foldCall } from '../../calls/fold-call.ts'
import { defaultSettings, type NormalisedEvent } from '../provider.ts'
import { asterisk } from './asterisk.ts'

const START = Date.parse('2026-03-02T09:00:00Z')
const seconds = (offset: number) => START + offset * 1_000
const epoch = (offset: number) => (seconds(offset) / 1_000).toFixed(6)
const settings = { ...defaultSettings, timeZone: 'Asia/Tbilisi' }

function eventsOf(items: readonly unknown[]): NormalisedEvent[] {
  const { events, unparsed } = asterisk.parse(webhook(JSON.stringify(items)), settings)
  expect(unparsed).toStrictEqual([])
  return [...events]
}

const channels = {
  caller: { Uniqueid: 'pbx-1.1', Linkedid: 'pbx-1.1', Channel: 'PJSIP/trunk-00000001', CallerIDNum: '+995599000001' },
  anna: { Uniqueid: 'pbx-1.2', Linkedid: 'pbx-1.1', Channel: 'PJSIP/101-00000002', CallerIDNum: '101' },
  boris: { Uniqueid: 'pbx-1.3', Linkedid: 'pbx-1.1', Channel: 'PJSIP/102-00000003', CallerIDNum: '102' },
}
const ami = (offset: number, Event: string, channel: keyof typeof channels, more: object = {}) => ({
  Event,
  Timestamp: epoch(offset),
  ...channels[channel],
  ...more,
})

/** A queue call: Boris does not pick up, Anna does, holds once, and the caller hangs up. */
const managerCall = [
  ami(0, 'Newchannel', 'caller', { ChannelStateDesc: 'Ring', Exten: '0322000002', Context: 'from-trunk' }),
  ami(0.1, 'Newstate', 'caller', { ChannelStateDesc: 'Up' }),
  ami(0.2, 'QueueCallerJoin', 'caller', { Queue: 'support', Position: '1' }),
  ami(1, 'Newchannel', 'boris', { ChannelStateDesc: 'Down' }),
  ami(1.2, 'Newstate', 'boris', { ChannelStateDesc: 'Ringing' }),
  ami(11, 'Hangup', 'boris', { Cause: '19' }),
  ami(12, 'Newchannel', 'anna', { ChannelStateDesc: 'Down' }),
  ami(12.3, 'Newstate', 'anna', { ChannelStateDesc: 'Ringing' }),
  ami(20, 'Newstate', 'anna', { ChannelStateDesc: 'Up' }),
  ami(20, 'QueueCallerLeave', 'caller', { Queue: 'support' }),
  ami(20, 'AgentConnect', 'caller', {
    Queue: 'support',
    MemberName: 'Anna',
    Interface: 'PJSIP/101',
    DestUniqueid: 'pbx-1.2',
    HoldTime: '20',
  }),
  ami(20.1, 'BridgeEnter', 'anna', { BridgeTechnology: 'simple_bridge' }),
  ami(20.1, 'BridgeEnter', 'caller', { BridgeTechnology: 'simple_bridge' }),
  ami(30, 'Hold', 'anna'),
  ami(35, 'Unhold', 'anna'),
  ami(80, 'Hangup', 'caller', { Cause: '16' }),
  ami(80, 'Hangup', 'anna', { Cause: '16' }),
  { Event: 'PeerStatus', Peer: 'PJSIP/101' },
  { Event: 'QueueMemberPause', Queue: 'support', MemberName: '101' },
  { Event: 'FullyBooted' },
]

test('AMI: a queue call with an agent who did not pick up, one who did, and a hold', () => {
  expect(foldCall(eventsOf(managerCall))).toMatchObject({
    direction: 'INBOUND',
    status: 'COMPLETED',
    from: '+995599000001',
    queue: 'support',
    agent: 'Anna',
    extension: '101',
    startedAt: seconds(0),
    answeredAt: seconds(20),
    waitSeconds: 19.8,
    talkSeconds: 55,
    holdSeconds: 5,
    durationSeconds: 80,
    flags: [],
    queueVisits: [{ queue: 'support', outcome: 'answered' }],
  })
})

test('AMI: an attended transfer makes one call of the one on hold and the consultation', () => {
  const consult = { Uniqueid: 'pbx-2.1', Linkedid: 'pbx-2.1', Channel: 'PJSIP/101-00000004', CallerIDNum: '101' }
  const target = { Uniqueid: 'pbx-2.2', Linkedid: 'pbx-2.1', Channel: 'PJSIP/102-00000005', CallerIDNum: '102' }
  const at = (offset: number, event: object) => ({ Timestamp: epoch(offset), ...event })
  const events = eventsOf([
    ami(0, 'Newchannel', 'caller', { Exten: '0322000002' }),
    ami(1, 'Newchannel', 'anna'),
    ami(9, 'BridgeEnter', 'anna'),
    ami(9, 'BridgeEnter', 'caller'),
    ami(20, 'Hold', 'anna'),
    at(21, { Event: 'Newchannel', ...consult, Exten: '102' }),
    at(22, { Event: 'Newchannel', ...target }),
    at(30, { Event: 'BridgeEnter', ...target }),
    at(40, {
      Event: 'AttendedTransfer',
      Result: 'Success',
      OrigTransfererUniqueid: 'pbx-1.2',
      OrigTransfererLinkedid: 'pbx-1.1',
      OrigTransfererCallerIDNum: '101',
      SecondTransfererUniqueid: 'pbx-2.1',
      SecondTransfererLinkedid: 'pbx-2.1',
    }),
    at(40, { Event: 'BlindTransfer', TransfererUniqueid: 'pbx-1.2', TransfererLinkedid: 'pbx-1.1', Extension: '103' }),
  ])
  expect(events.slice(-2)).toMatchObject([
    {
      type: 'call.transferred',
      callKey: 'pbx-1.1',
      legId: 'pbx-1.2',
      relatedCallKeys: ['pbx-1.2', 'pbx-2.1'],
      extension: '101',
    },
    { type: 'call.transferred', callKey: 'pbx-1.1', data: { kind: 'blind', extension: '103' } },
  ])
  expect(() => foldCall(events)).not.toThrow()
})

test('AMI: parked on music in a holding bridge is no conversation', () => {
  const call = [
    ami(0, 'Newchannel', 'caller', { Exten: '0322000002' }),
    ami(1, 'Newstate', 'caller', { ChannelStateDesc: 'Up' }),
    ami(1, 'BridgeEnter', 'caller', { BridgeTechnology: 'holding_bridge' }),
    ami(40, 'Hangup', 'caller', { Cause: '16' }),
  ]
  expect(foldCall(eventsOf(call))).toMatchObject({ status: 'MISSED', talkSeconds: 0 })
})

test('AMI: events of versions without a linked id are calls of their channel', () => {
  const [first, ...rest] = managerCall.slice(0, 2)
  const old = [first, ...rest].map((event) => ({ ...event, Linkedid: undefined }))
  expect(eventsOf(old)).toMatchObject([{ callKey: 'pbx-1.1', type: 'call.started' }, { type: 'call.answered' }])
})

const cel = (offset: number, EventType: string, channel: keyof typeof channels, more: object = {}) => ({
  EventType,
  EventTime: epoch(offset),
  UniqueID: channels[channel].Uniqueid,
  LinkedID: channels[channel].Linkedid,
  ChanName: channels[channel].Channel,
  CIDNum: channels[channel].CallerIDNum,
  ...more,
})
const bridge = { Extra: '{"bridge_id":"b1","bridge_technology":"simple_bridge"}' }
const channelRecords = [
  cel(0, 'CHAN_START', 'caller', { Exten: '0322000002', Context: 'from-trunk' }),
  cel(1, 'CHAN_START', 'anna', { Exten: 's' }),
  cel(8.4, 'ANSWER', 'anna'),
  cel(8.4, 'ANSWER', 'caller'),
  cel(8.5, 'BRIDGE_ENTER', 'anna', bridge),
  cel(8.5, 'BRIDGE_ENTER', 'caller', bridge),
  cel(60.5, 'BRIDGE_EXIT', 'anna', bridge),
  cel(60.5, 'HANGUP', 'anna', { Extra: '{"hangupcause":16,"hangupsource":"","dialstatus":""}' }),
  cel(60.5, 'CHAN_END', 'anna'),
  cel(60.6, 'HANGUP', 'caller', { Extra: '{"hangupcause":16,"hangupsource":"","dialstatus":"ANSWER"}' }),
  cel(60.6, 'CHAN_END', 'caller'),
  cel(60.6, 'LINKEDID_END', 'caller'),
]
/** The same call in Master.csv, in the PBX's own time: Tbilisi is four hours ahead. */
const detailRecord =
  '"","+995599000001","0322000002","from-trunk","""Nino"" <+995599000001>","PJSIP/trunk-00000001","PJSIP/101-00000002",' +
  '"Dial","PJSIP/101,30","2026-03-02 13:00:00","2026-03-02 13:00:08","2026-03-02 13:01:00",60,52,"ANSWERED","DOCUMENTATION",' +
  '"pbx-1.1","","","pbx-1.1","7"'

describe('back-fill from files', () => {
  const live = foldCall(eventsOf(channelRecords))

  test('a detail record alone is a call, to the second', () => {
    expect(foldCall(eventsOf([detailRecord]))).toMatchObject({
      direction: 'INBOUND',
      status: 'COMPLETED',
      from: '+995599000001',
      to: '0322000002',
      extension: '101',
      startedAt: seconds(0),
      answeredAt: seconds(8),
      endedAt: seconds(60),
      talkSeconds: 52,
      durationSeconds: 60,
    })
  })

  test('beside the events of the channels it changes nothing, in whichever order they came', () => {
    const { eventsCount: _, ...expected } = live
    expect(foldCall(eventsOf([...channelRecords, detailRecord]))).toMatchObject(expected)
    expect(foldCall(eventsOf([detailRecord, ...channelRecords]))).toMatchObject(expected)
    expect(foldCall(eventsOf([detailRecord, ...channelRecords])).legs).toHaveLength(2)
  })

  test('all sources of one call at once give the same call in any order', () => {
    const log = [
      `${seconds(0) / 1_000}|pbx-1.1|support|NONE|ENTERQUEUE||1`,
      `${seconds(60) / 1_000}|pbx-1.1|support|PJSIP/101|COMPLETECALLER|8|52|1`,
    ]
    const partial = channelRecords.slice(0, 5)
    for (const set of [
      eventsOf([...channelRecords, detailRecord, ...log]),
      eventsOf([...partial, detailRecord, ...log]),
    ]) {
      const whole = foldCall(set)
      fc.assert(
        fc.property(fc.shuffledSubarray(set, { minLength: set.length }), (some) => {
          expect(foldCall([...some, ...some.slice(0, 5)])).toStrictEqual(whole)
        }),
      )
    }
  })

  test('where the live stream broke off it tells how the call ended', () => {
    const broken = channelRecords.slice(0, 3)
    expect(foldCall(eventsOf(broken))).toMatchObject({ isEnded: false })
    expect(foldCall(eventsOf([...broken, detailRecord]))).toMatchObject({ isEnded: true, status: 'COMPLETED' })
  })

  test('one record for each attempt: the ends are those of the last, the phones that lost are nobody’s missed call', () => {
    const attempt = (phone: string, from: number, to: number, disposition: string, sequence: number) => ({
      src: '+995599000001',
      dst: '0322000002',
      channel: 'PJSIP/trunk-00000001',
      dstchannel: `PJSIP/${phone}-0000000${sequence}`,
      lastapp: 'Dial',
      start: `2026-03-02 13:00:${String(from).padStart(2, '0')}`,
      answer: disposition === 'ANSWERED' ? `2026-03-02 13:00:${from + 5}` : '',
      end: `2026-03-02 13:00:${String(to).padStart(2, '0')}`,
      disposition,
      uniqueid: 'pbx-1.1',
      linkedid: 'pbx-1.1',
      sequence: String(sequence),
    })
    const records = [attempt('102', 0, 20, 'NO ANSWER', 1), attempt('101', 20, 50, 'ANSWERED', 2)]
    for (const order of [records, records.toReversed()]) {
      const call = foldCall(eventsOf(order))
      expect(call).toMatchObject({ status: 'COMPLETED', extension: '101', talkSeconds: 25, durationSeconds: 50 })
      expect(call.legs.map(({ outcome }) => outcome)).toStrictEqual(['answered', 'no_answer', 'answered'])
    }
    expect(foldCall(eventsOf(records.slice(0, 1)))).toMatchObject({ status: 'MISSED', durationSeconds: 20 })
  })

  test('a line of the CEL file is the event that was told live', () => {
    const line = (values: readonly unknown[]) =>
      values.map((value) => `"${String(value).replaceAll('"', '""')}"`).join(',')
    const lines = channelRecords.map((record) => {
      const {
        EventType,
        EventTime,
        CIDNum,
        Exten = '',
        Context = '',
        ChanName,
        UniqueID,
        LinkedID,
        Extra = '',
      } = {
        Exten: undefined,
        Context: undefined,
        Extra: undefined,
        ...record,
      } as Record<string, string | undefined>
      return line([
        EventType,
        EventTime,
        '',
        CIDNum,
        '',
        '',
        '',
        Exten,
        Context,
        ChanName,
        '',
        '',
        '3',
        '',
        UniqueID,
        LinkedID,
        '',
        '',
        '',
        Extra,
      ])
    })
    expect(eventsOf(lines)).toStrictEqual(eventsOf(channelRecords))
  })

  test('the manager tells channel events under names of its own', () => {
    const told = channelRecords.map(({ EventType, CIDNum, ChanName, ...rest }) => ({
      Event: 'CEL',
      EventName: EventType,
      CallerIDnum: CIDNum,
      Channel: ChanName,
      ...rest,
    }))
    expect(eventsOf(told)).toStrictEqual(eventsOf(channelRecords))
  })

  test('a queue log beside the events of the channels adds no visit, agent or end', () => {
    const log = [
      `${seconds(0) / 1_000}|pbx-1.1|support|NONE|ENTERQUEUE||+995599000001|1`,
      `${seconds(8) / 1_000}|pbx-1.1|support|PJSIP/101|CONNECT|8|pbx-1.2|7`,
      `${seconds(60) / 1_000}|pbx-1.1|support|PJSIP/101|COMPLETECALLER|8|52|1`,
    ]
    const { eventsCount: _, ...expected } = live
    expect(foldCall(eventsOf([...log, ...channelRecords]))).toMatchObject(expected)
    expect(foldCall(eventsOf(log))).toMatchObject({
      status: 'COMPLETED',
      waitSeconds: 8,
      talkSeconds: 52,
      agent: 'PJSIP/101',
    })
  })
})

describe.skipIf(!hasFixtures)(needsFixtures('Asterisk’s own files'), () => {
  const file = (name: string) => readFixture(`asterisk/${name}`).trim().split('\n')

  test('CEL of version 11: bridges with a beginning, a Local channel between', () => {
    expect(foldCall(eventsOf(file('cel-CELMaster2.csv')))).toMatchObject({ isEnded: true, externalId: '1335310697.0' })
  })

  test('detail records with doubled quotes', () => {
    const events = eventsOf(file('cdr-good.csv'))
    expect(events[0]).toMatchObject({ type: 'call.started', from: 'test', to: '100' })
    expect(foldCall(events)).toMatchObject({ isEnded: true, durationSeconds: 5 })
  })

  test('ARI: the channel is picked up by the application, and offsets have no colon', () => {
    const events = eventsOf(
      ['ari-stasisStart.json', 'ari-channelStateChange.json'].map((name) => JSON.parse(file(name).join('\n'))),
    )
    expect(events).toMatchObject([
      {
        type: 'call.started',
        direction: 'INTERNAL',
        from: '1001',
        to: '1002',
        occurredAt: Date.parse('2016-09-12T11:53:48.919Z'),
      },
      { type: 'call.answered', data: { by: 'exchange' } },
    ])
  })

  test('the documentation’s line of a queue log', () => {
    expect(eventsOf(file('queue_log-docs-line.txt'))).toMatchObject([
      { type: 'call.ringing', agent: 'SIP/8007', occurredAt: 1_366_720_339_000 },
      { type: 'call.ended', occurredAt: 1_366_720_340_000 },
    ])
  })
})
