import { describe, expect, test } from 'vitest'
import { hasFixtures, needsFixtures, readFixture } from '../../../test/fixtures.ts'
import { cdr, FS_START, wholeSecond } from '../../../test/freeswitch-cdr.ts'
import { webhook } from '../../../test/webhook.ts'
import { foldCall } from '../../calls/fold-call.ts'
import { defaultSettings, type NormalisedEvent } from '../provider.ts'
import { freeswitch } from './freeswitch.ts'

function eventsOf(...bodies: string[]): NormalisedEvent[] {
  return bodies.flatMap((body) => {
    const { events, unparsed } = freeswitch.parse(webhook(body), defaultSettings)
    expect(unparsed).toStrictEqual([])
    return [...events]
  })
}

const answered = cdr({
  uuid: 'leg-a',
  times: { start: 0, progress: 1, answer: 9, bridge: 9, end: 69 },
  variables: {
    hangup_cause: 'NORMAL_CLEARING',
    duration: '69',
    billsec: '60',
    bridge_uuid: 'leg-b',
    last_app: 'bridge',
    last_arg: 'user/101@pbx.example',
  },
})
const agentLeg = cdr({
  uuid: 'leg-b',
  direction: 'outbound',
  times: { start: 0.5, progress: 1, answer: 9, bridge: 9, end: 69 },
  dialled: '101',
  variables: {
    call_uuid: 'leg-a',
    originating_leg_uuid: 'leg-a',
    bridge_uuid: 'leg-a',
    dialed_user: '101',
    hangup_cause: 'NORMAL_CLEARING',
  },
})
const lostLeg = cdr({
  uuid: 'leg-c',
  direction: 'outbound',
  times: { start: 0.5, progress: 1, end: 9 },
  dialled: '102',
  variables: { call_uuid: 'leg-a', originating_leg_uuid: 'leg-a', dialed_user: '102', hangup_cause: 'LOSE_RACE' },
})

describe('bodies', () => {
  const expected = eventsOf(answered)
  const encodedTwice = encodeURIComponent(answered)
  test.each([
    ['bare JSON', answered],
    ['bare JSON after a byte order mark', `\uFEFF${answered}\r\n`],
    ['cdr= and plain text', `cdr=${answered}`],
    ['cdr= percent-encoded', `cdr=${encodedTwice}`],
    ['cdr= in base64', `cdr=${Buffer.from(answered).toString('base64')}`],
    ['cdr= in percent-encoded base64', `cdr=${encodeURIComponent(Buffer.from(answered).toString('base64'))}`],
    ['uuid before cdr=', `uuid=leg-a&cdr=${encodedTwice}`],
  ])('%s', (_name, body) => {
    expect(eventsOf(body)).toStrictEqual(expected)
  })

  test('values that are not encoded are taken as they are', () => {
    const body = cdr({
      uuid: 'x',
      times: { start: 0, end: 1 },
      isPlain: true,
      variables: { hangup_cause: 'NO_ANSWER', effective_caller_id_name: 'Sales 100%25 <now>' },
    })
    expect(eventsOf(body).at(-1)).toMatchObject({ type: 'call.ended', hangupCause: 'NO_ANSWER', from: '+995599000001' })
  })

  test('nan is repaired outside strings only', () => {
    const body = answered.replace(
      '"core-uuid":"core"',
      '"callStats":{"mos":nan,"x": -nan,"y":[inf,-inf]},"note":"a:nan \\" :nan"',
    )
    expect(eventsOf(body)).toStrictEqual(expected)
  })

  test('the uuid that the module appends to the address serves where the record has none', () => {
    const body = answered.replaceAll('"uuid":"leg-a"', '"no":""').replace('"call_uuid":"leg-a",', '')
    const parsed = freeswitch.parse(webhook(body, { rawQuery: 'token=x?uuid=a_leg-a' }), defaultSettings)
    expect(parsed.events[0]).toMatchObject({ legId: 'leg-a', callKey: 'leg-a' })
  })

  test.each([
    ['', 'malformed_json'],
    ['cdr=', 'malformed_json'],
    ['{"variables":', 'malformed_json'],
    ['null', 'cdr_incomplete'],
    ['[]', 'cdr_incomplete'],
    ['{"variables":{}}', 'cdr_incomplete'],
    ['{"variables":{"uuid":"x"},"callflow":[null,7]}', 'cdr_incomplete'],
    ['<?xml version="1.0"?><cdr/>', 'cdr_is_xml'],
    ['cdr=%3Ccdr%2F%3E', 'cdr_is_xml'],
  ])('%j is kept as %s, and nothing throws', (body, code) => {
    expect(freeswitch.parse(webhook(body), defaultSettings)).toMatchObject({
      events: [],
      unparsed: [{ index: null, code, raw: body }],
    })
  })
})

describe('back-fill', () => {
  test('documents from the disk in one batch, each in its own encoding, are the records that were posted', () => {
    const documents = [answered, `cdr=${encodeURIComponent(agentLeg)}`, JSON.parse(lostLeg)]
    expect(eventsOf(JSON.stringify({ events: documents }))).toStrictEqual(eventsOf(answered, agentLeg, lostLeg))
  })

  test('one that cannot be read is kept, its neighbours are not lost', () => {
    const parsed = freeswitch.parse(webhook(JSON.stringify([answered, '{', '<cdr/>', {}])), defaultSettings)
    expect(parsed.events).toStrictEqual(eventsOf(answered))
    expect(parsed.unparsed).toMatchObject([
      { index: 1, code: 'malformed_json' },
      { index: 2, code: 'cdr_is_xml' },
      { index: 3, code: 'cdr_incomplete' },
    ])
  })
})

describe('calls', () => {
  test('a record sent again has the same event keys', () => {
    expect(eventsOf(answered).map((event) => event.eventKey)).toStrictEqual([
      'leg-a:call.started:1',
      'leg-a:call.ringing:1',
      'leg-a:call.answered:1',
      'leg-a:call.bridged:1',
      'leg-a:call.ended:1',
    ])
    expect(eventsOf(answered)).toStrictEqual(eventsOf(answered))
  })

  test('A and B legs are one call in any order, and the leg that lost is nobody’s missed call', () => {
    const whole = foldCall(eventsOf(answered, agentLeg, lostLeg))
    expect(foldCall(eventsOf(lostLeg, agentLeg, answered))).toStrictEqual(whole)
    expect(whole).toMatchObject({
      externalId: 'leg-a',
      direction: 'INBOUND',
      status: 'COMPLETED',
      extension: '101',
      answeredAt: FS_START + 9_000,
      ringSeconds: 8,
      talkSeconds: 60,
      durationSeconds: 69,
      hasFinalRecord: true,
      flags: [],
    })
    expect(whole.legs.map((leg) => [leg.legId, leg.outcome])).toStrictEqual([
      ['leg-a', 'answered'],
      ['leg-b', 'answered'],
      ['leg-c', 'answered_elsewhere'],
    ])
  })

  test('without a record of the B leg the bridge still names the agent', () => {
    expect(foldCall(eventsOf(answered))).toMatchObject({ status: 'COMPLETED', extension: '101', talkSeconds: 60 })
  })

  test('a lost or unanswered leg alone is no missed call: the caller’s record is still to come', () => {
    expect(foldCall(eventsOf(lostLeg))).toMatchObject({ isEnded: false, status: 'RINGING' })
    expect(foldCall(eventsOf(lostLeg.replace('LOSE_RACE', 'NO_ANSWER'))).isEnded).toBe(false)
  })

  test('holds are taken out of the talk once, and keep their length', () => {
    const body = cdr({
      uuid: 'a',
      times: { start: 0, answer: 5, bridge: 5, end: 65, last_hold: 40 },
      variables: { hold_accum_usec: '30000000', billsec: '60', hangup_cause: 'NORMAL_CLEARING' },
    })
    expect(foldCall(eventsOf(body))).toMatchObject({ talkSeconds: 30, holdSeconds: 30, flags: [] })
  })

  test('an extension that dials out is an outbound call of that agent', () => {
    const out = cdr({
      uuid: 'a',
      caller: '101',
      dialled: '+995599000001',
      times: { start: 0, progress: 2, end: 12 },
      variables: { hangup_cause: 'USER_BUSY', user_name: '101' },
    })
    expect(foldCall(eventsOf(out))).toMatchObject({
      direction: 'OUTBOUND',
      status: 'BUSY',
      extension: '101',
      to: '+995599000001',
      ringSeconds: 10,
    })
    const inside = cdr({ uuid: 'a', caller: '101', dialled: '102', times: { start: 0, end: 12 } })
    expect(foldCall(eventsOf(inside))).toMatchObject({ direction: 'INTERNAL', status: 'MISSED' })
  })

  const member = (variables: Record<string, string>) =>
    cdr({
      uuid: 'member',
      times: { start: 0, answer: 0.5, end: 60, ...(variables.cc_cause === 'answered' ? { bridge: 20.5 } : {}) },
      variables: {
        cc_side: 'member',
        cc_queue: 'support@pbx',
        cc_queue_joined_epoch: wholeSecond(0.5),
        hangup_cause: 'NORMAL_CLEARING',
        ...variables,
      },
    })
  const agentOffer = cdr({
    uuid: 'offer',
    direction: 'outbound',
    times: { start: 4.5, end: 14.5 },
    variables: {
      cc_side: 'agent',
      cc_member_session_uuid: 'member',
      cc_agent: 'boris@pbx',
      cc_queue: 'support@pbx',
      hangup_cause: 'NO_ANSWER',
    },
  })

  test('a queue call: the wait ends with the agent, the offer that timed out stays an offer', () => {
    const body = member({
      cc_cause: 'answered',
      cc_agent: 'anna@pbx',
      cc_queue_answered_epoch: wholeSecond(20.5),
      cc_queue_terminated_epoch: wholeSecond(60),
    })
    const call = foldCall(eventsOf(agentOffer, body))
    expect(call).toMatchObject({
      status: 'COMPLETED',
      queue: 'support@pbx',
      agent: 'anna@pbx',
      waitSeconds: 20,
      talkSeconds: 39.5,
    })
    expect(call.agentSegments).toMatchObject([
      { agent: 'boris@pbx', kind: 'ring', seconds: 10, outcome: 'no_answer' },
      { agent: 'anna@pbx', kind: 'talk', seconds: 39.5 },
    ])
  })

  test('a caller who gave up is abandoned, one who was sent away is missed', () => {
    const gaveUp = member({
      cc_cause: 'cancel',
      cc_cancel_reason: 'BREAK_OUT',
      cc_queue_canceled_epoch: wholeSecond(60),
    })
    expect(foldCall(eventsOf(gaveUp, agentOffer))).toMatchObject({
      status: 'ABANDONED',
      waitSeconds: 59.5,
      talkSeconds: 0,
    })
    const sentAway = member({
      cc_cause: 'cancel',
      cc_cancel_reason: 'TIMEOUT',
      cc_queue_canceled_epoch: wholeSecond(50),
    })
    const call = foldCall(eventsOf(sentAway))
    expect(call).toMatchObject({ status: 'MISSED', talkSeconds: 0 })
    expect(call.queueVisits).toMatchObject([{ outcome: 'left', reason: 'timeout' }])
  })

  test('a mailbox with a message is voicemail, one without is missed', () => {
    const box = (message: Record<string, string>) =>
      foldCall(
        eventsOf(
          cdr({
            uuid: 'a',
            times: { start: 0, answer: 20, end: 40 },
            variables: { last_app: 'voicemail', ...message },
          }),
        ),
      )
    expect(box({ voicemail_message_seconds: '12' })).toMatchObject({ status: 'VOICEMAIL', ringSeconds: 20 })
    expect(box({})).toMatchObject({ status: 'MISSED', talkSeconds: 0 })
  })

  test('a recording is a path until the connection says where files are', () => {
    const body = cdr({
      uuid: 'a',
      times: { start: 0, end: 9 },
      variables: { record_path: '/rec/2026', record_name: 'a.wav' },
    })
    expect(foldCall(eventsOf(body))).toMatchObject({ hasRecording: true, recordingUrl: null })
    const settings = { ...defaultSettings, recordingBaseUrl: 'https://pbx.example/' }
    const { events } = freeswitch.parse(webhook(body), settings)
    expect(foldCall(events).recordingUrl).toBe('https://pbx.example/rec/2026/a.wav')
  })
})

describe.runIf(hasFixtures)(needsFixtures('captured records'), () => {
  test('billsec 3 with NORMAL_UNSPECIFIED is an answered call', () => {
    const call = foldCall(eventsOf(readFixture('freeswitch/somleng-json_cdr.json')))
    expect(call).toMatchObject({
      externalId: '77e3b4f2-cac1-4724-81f6-f1cd5e01770c',
      direction: 'INBOUND',
      status: 'COMPLETED',
      outcome: 'answered',
      from: '+85516234567',
      to: '1294',
      startedAt: 1_657_097_403_370,
      answeredAt: 1_657_097_404_230,
      endedAt: 1_657_097_407_610,
      ringSeconds: 0.86,
      talkSeconds: 3.38,
      durationSeconds: 4.24,
      hangupCause: 'NORMAL_UNSPECIFIED',
      provider: { durationSeconds: 4, talkSeconds: 3, holdSeconds: 0 },
      flags: [],
    })
  })

  test('a record that is not JSON because of nan is an outbound call like any other', () => {
    const call = foldCall(eventsOf(readFixture('freeswitch/somleng-json_cdr-INVALID.json.txt')))
    expect(call).toMatchObject({
      direction: 'OUTBOUND',
      status: 'COMPLETED',
      from: '525550894262',
      to: '69980528134193323',
      ringSeconds: 2.68,
      talkSeconds: 25.84,
      durationSeconds: 32.9,
      provider: { durationSeconds: 33, talkSeconds: 26, holdSeconds: 0 },
      flags: [],
    })
  })
})
