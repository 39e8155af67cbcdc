import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hasFixtures, needsFixtures, readFixture } from '../../test/fixtures.ts'
import { credentials, webhook } from '../../test/webhook.ts'
import { foldCall } from '../calls/fold-call.ts'
import { aircall } from './aircall.ts'
import { asterisk } from './asterisk/asterisk.ts'
import { dial9 } from './dial9.ts'
import { freeswitch } from './freeswitch/freeswitch.ts'
import { hipcall } from './hipcall.ts'
import { jambonz } from './jambonz.ts'
import { kazoo } from './kazoo.ts'
import { plivo } from './plivo.ts'
import { defaultSettings, type NormalisedEvent, type Provider } from './provider.ts'
import { ringcentral } from './ringcentral.ts'
import { telnyx } from './telnyx.ts'
import { threecx } from './threecx.ts'
import { twilio } from './twilio.ts'
import { vonage } from './vonage.ts'
import { zadarma } from './zadarma.ts'

const settings = { ...defaultSettings, timeZone: 'Asia/Tbilisi' }
const at = (iso: string) => Date.parse(iso)

/** The events of several deliveries; each must be understood. */
function eventsOf(provider: Provider, bodies: readonly unknown[], receivedAtMs?: number): NormalisedEvent[] {
  return bodies.flatMap((body) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const parsed = provider.parse(webhook(text, receivedAtMs === undefined ? {} : { receivedAtMs }), settings)
    expect(parsed.unparsed).toStrictEqual([])
    return parsed.events
  })
}

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()
const lines = (path: string): unknown[] =>
  readFixture(path)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
const json = (path: string) => JSON.parse(readFixture(path))

describe.skipIf(!hasFixtures)(needsFixtures('captured payloads'), () => {
  test('SignalWire: callbacks out of order, numbers for text', () => {
    const arrived = json('signalwire/status-sequence-arrives-out-of-order.json')
    expect(foldCall(eventsOf(twilio, arrived))).toMatchObject({
      direction: 'OUTBOUND',
      status: 'COMPLETED',
      startedAt: at('2026-09-02T10:00:00Z'),
      answeredAt: at('2026-09-02T10:00:03Z'),
      talkSeconds: 38,
      durationSeconds: 41,
      hasFinalRecord: true,
      flags: [],
    })
  })

  test('Twilio: an end alone proves its answer by the seconds, and a busy line stays busy whatever SIP said', () => {
    expect(foldCall(eventsOf(twilio, [readFixture('twilio/status-completed-unicode-city.form')]))).toMatchObject({
      status: 'COMPLETED',
      talkSeconds: 49,
      to: '+551100000112',
    })
    expect(foldCall(eventsOf(twilio, [json('twilio/status-busy-sip487.json')]))).toMatchObject({ status: 'BUSY' })
    expect(foldCall(eventsOf(twilio, [json('twilio/status-initiated-no-duration.json')]))).toMatchObject({
      status: 'RINGING',
      isEnded: false,
    })
  })

  test('Twilio look-alikes: a zone by name, a key without a value, ISO times', () => {
    const [telin] = eventsOf(twilio, [readFixture('twilio/compat-telin-ringing-etc-utc.form')])
    expect(telin).toMatchObject({ type: 'call.ringing', occurredAt: at('2020-02-09T09:30:03Z'), sequence: 1 })
    const [texml] = eventsOf(twilio, [json('telnyx/texml-ringing-docs.json')])
    expect(texml).toMatchObject({ type: 'call.ringing', occurredAt: at('2024-01-15T10:30:00Z') })
  })

  test('Twilio: the leg that was dialled tells who spoke, while its parent goes on', () => {
    const [answered, ended] = eventsOf(twilio, [json('twilio/dial-action-forwarded-child.json')])
    expect([answered, ended]).toMatchObject([
      { type: 'call.answered', legId: 'CA37b899f415fe427612e7a08b645c6918', data: { role: 'destination' } },
      { type: 'call.ended', callKey: 'CA177a1dd0565651e5b5fc3cc44bfdef88' },
    ])
  })

  test('Vonage: completed follows every outcome and overwrites none', () => {
    const uuid = 'leg-1'
    const sequence = json('vonage/issue-busy-arrives-first.json')
    const bodies = sequence.arrival_order.map((one: object) => ({
      direction: 'outbound',
      uuid,
      conversation_uuid: sequence.conversation_uuid,
      ...one,
      ...('timestamp' in one && one.timestamp === null ? { timestamp: '2019-04-16T16:24:29.000Z' } : {}),
    }))
    expect(foldCall(eventsOf(vonage, bodies))).toMatchObject({ status: 'BUSY', outcome: 'busy', talkSeconds: 0 })
  })

  test('Vonage: an app calls a number: a call that goes out, answered when the number is', () => {
    expect(foldCall(eventsOf(vonage, lines('vonage/sequence-app-to-phone.jsonl')))).toMatchObject({
      direction: 'OUTBOUND',
      status: 'COMPLETED',
      agent: 'Alice',
      answeredAt: at('2021-03-10T10:36:31.604Z'),
      endedAt: at('2021-03-10T10:36:36.187Z'),
      legs: [{ isOrigin: true }, { to: '447700900000', outcome: 'answered' }],
    })
  })

  test('Vonage: app to app, and a recording', () => {
    expect(foldCall(eventsOf(vonage, lines('vonage/sequence-app-to-app.jsonl')))).toMatchObject({ status: 'COMPLETED' })
    expect(eventsOf(vonage, [json('vonage/event-record.json')])).toMatchObject([
      { type: 'recording.available', recordingUrl: expect.stringContaining('api.nexmo.com') },
    ])
    expect(eventsOf(vonage, [json('vonage/event-input.json')])).toMatchObject([])
  })

  test('Telnyx: parts of a second and causes', () => {
    expect(eventsOf(telnyx, [json('telnyx/call.initiated.json'), json('telnyx/call.hangup-docs.json')])).toMatchObject([
      { type: 'call.started', direction: 'INBOUND', occurredAt: at('2025-11-23T03:30:00.076Z') },
      { type: 'call.ended', hangupCause: 'call_rejected' },
    ])
  })

  test('RingCentral: the worked example, to the millisecond', () => {
    expect(foldCall(eventsOf(ringcentral, lines('ringcentral/metrics-worked-example.jsonl')))).toMatchObject({
      status: 'COMPLETED',
      ringSeconds: 1.985,
      talkSeconds: 7.591,
      holdSeconds: 1.933,
    })
  })

  test('RingCentral: parties inside pn_apns, agents by extension', () => {
    const bodies = ['event-account-telephony-sessions', 'cust-to-oper-event'].map((name) =>
      json(`ringcentral/${name}.json`),
    )
    expect(eventsOf(ringcentral, bodies)).toMatchObject([
      { type: 'call.ringing', direction: 'INTERNAL', extension: '102', agent: '400144455008', sequence: 5 },
      { type: 'call.answered', extension: '102', from: '101' },
    ])
    expect(eventsOf(ringcentral, [json('ringcentral/event-voicemail-message.json')])).toStrictEqual([])
  })

  test('Zadarma: account time, a call that was answered, and its end alone saying the same', () => {
    const names = ['notify_start', 'notify_answer', 'notify_end_answered']
    const bodies = names.map((name) => readFixture(`zadarma/${name}.form`))
    const receivedAt = [0, 5, 70].map((seconds) => at('2026-03-01T06:00:00Z') + seconds * 1_000)
    const events = bodies.flatMap((body, index) => eventsOf(zadarma, [body], receivedAt[index]))
    const expected = {
      status: 'COMPLETED',
      direction: 'INBOUND',
      startedAt: at('2026-03-01T06:00:00Z'),
      talkSeconds: 65,
    }
    expect(foldCall(events)).toMatchObject({ ...expected, extension: '101', hasFinalRecord: true })
    expect(foldCall(eventsOf(zadarma, [bodies[2]], receivedAt[2]))).toMatchObject(expected)
  })

  test('Plivo: one hang-up has all of it', () => {
    expect(foldCall(eventsOf(plivo, [readFixture('plivo/hangup.form')]))).toMatchObject({
      direction: 'INBOUND',
      status: 'COMPLETED',
      ringSeconds: 5,
      talkSeconds: 65,
      durationSeconds: 70,
      flags: [],
    })
  })

  test('3CX: a report per agent, unfilled variables, American dates', () => {
    expect(foldCall(eventsOf(threecx, [json('3cx/report_call_inbound.json')]))).toMatchObject({
      status: 'COMPLETED',
      from: '+995599123456',
      agent: 'nino@example.com',
      extension: '101',
      ringSeconds: 7,
      talkSeconds: 65,
    })
    expect(foldCall(eventsOf(threecx, [json('3cx/report_call_missed_unfilled_vars.json')]))).toMatchObject({
      status: 'MISSED',
      startedAt: at('2026-03-05T06:00:00Z'),
      agent: null,
    })
    expect(foldCall(eventsOf(threecx, [json('3cx/report_call_notanswered_outbound.json')]))).toMatchObject({
      status: 'FAILED',
      direction: 'OUTBOUND',
      to: '0322123456',
    })
  })

  test('Kazoo: seconds since the year 0', () => {
    const bodies = ['create', 'answer', 'bridge', 'destroy'].flatMap((name) => {
      try {
        return [json(`kazoo/channel_${name}.json`)]
      } catch {
        return [] // not every sample is in every copy of the fixtures
      }
    })
    expect(foldCall(eventsOf(kazoo, bodies))).toMatchObject({
      direction: 'OUTBOUND',
      isEnded: true,
      startedAt: (63_724_349_409 - 62_167_219_200) * 1_000,
    })
  })

  test('jambonz: no times, an incoming call that only the application picked up', () => {
    expect(foldCall(eventsOf(jambonz, [json('jambonz/call_status_completed.json')]))).toMatchObject({
      status: 'MISSED',
      isEnded: true,
    })
  })
})

test('3CX: a ring group is one call, and whoever did not pick up has missed none', () => {
  const report = { Number: '+995599000001', CallStartTimeUTC: '2026-03-05T06:00:00Z' }
  const events = eventsOf(threecx, [
    { ...report, CallType: 'Missed', Agent: '101', Duration: '00:00:00', CallEndTimeUTC: '2026-03-05T06:00:08Z' },
    {
      ...report,
      CallType: 'Inbound',
      Agent: '102',
      Duration: '00:01:00',
      CallEstablishedTimeUTC: '2026-03-05T06:00:08Z',
    },
  ])
  expect(new Set(events.map(({ callKey }) => callKey)).size).toBe(1)
  expect(foldCall(events)).toMatchObject({ status: 'COMPLETED', extension: '102', talkSeconds: 60, ringSeconds: 8 })
})

test('Twilio: an incoming call that is picked up by the exchange and dials two phones in vain is missed', () => {
  const call = { From: '+995599000001', To: '+995322000000', Direction: 'inbound', CallSid: 'CA1' }
  const phone = { ...call, Direction: 'outbound-dial', ParentCallSid: 'CA1', CallSid: 'CA2', To: 'client:anna' }
  const stamp = (seconds: number) => new Date(at('2026-03-02T09:00:00Z') + seconds * 1_000).toUTCString()
  const bodies = [
    { ...call, CallStatus: 'ringing', Timestamp: stamp(0), SequenceNumber: '0' },
    { ...call, CallStatus: 'in-progress', Timestamp: stamp(0), SequenceNumber: '1' },
    { ...phone, CallStatus: 'ringing', Timestamp: stamp(1), SequenceNumber: '0' },
    { ...phone, CallStatus: 'no-answer', Timestamp: stamp(21), SequenceNumber: '1' },
    { ...call, CallStatus: 'completed', Timestamp: stamp(22), SequenceNumber: '2', CallDuration: '22' },
  ].map(form)
  expect(foldCall(eventsOf(twilio, bodies))).toMatchObject({
    status: 'MISSED',
    direction: 'INBOUND',
    durationSeconds: 22,
  })
  const answered = form({ ...phone, CallStatus: 'in-progress', Timestamp: stamp(11), SequenceNumber: '1' })
  const hungUp = form({
    ...phone,
    CallStatus: 'completed',
    Timestamp: stamp(22),
    SequenceNumber: '2',
    CallDuration: '11',
  })
  const [first = '', second = '', third = '', , last = ''] = bodies
  expect(foldCall(eventsOf(twilio, [hungUp, first, second, last, answered, third]))).toMatchObject({
    status: 'COMPLETED',
    agent: 'anna',
    talkSeconds: 11,
  })
})

test('Twilio: a conference tells of holds, its own beginning and end of nothing', () => {
  const leg = { CallSid: 'CA2', ParentCallSid: 'CA1', To: 'client:anna', ConferenceSid: 'CF1' }
  const told = (StatusCallbackEvent: string, seconds: number) =>
    form({
      ...leg,
      StatusCallbackEvent,
      Timestamp: new Date(at('2026-03-02T09:00:00Z') + seconds * 1_000).toUTCString(),
    })
  const names = ['participant-join', 'participant-hold', 'participant-unhold', 'conference-start', 'participant-leave']
  const events = eventsOf(
    twilio,
    names.map((name, index) => told(name, index * 10)),
  )
  expect(events.map(({ type, agent }) => [type, agent])).toStrictEqual([
    ['call.bridged', 'anna'],
    ['call.held', 'anna'],
    ['call.resumed', 'anna'],
  ])
})

test('Aircall: the token in the body, hung up long before the last word', () => {
  const started = at('2026-03-02T09:00:00Z') / 1_000
  const data = {
    id: 812,
    direction: 'inbound',
    raw_digits: '+995 599 00 00 01',
    number: { digits: '+995 32 200 00 02' },
    started_at: started,
    answered_at: started + 8,
    user: { id: 5, email: 'nino@example.com' },
  }
  const event = (name: string, seconds: number, more = {}) => ({
    resource: 'call',
    event: `call.${name}`,
    timestamp: started + seconds,
    token: 's3cret',
    data: { ...data, ...more },
  })
  const ended = { ended_at: started + 68 }
  const bodies = [
    event('created', 0),
    event('ringing_on_agent', 2),
    event('answered', 8),
    event('hungup', 68, ended),
    event('commented', 80),
    event('ended', 98, { ...ended, recording: 'https://aircall.example/r/812.mp3' }),
  ]
  expect(foldCall(eventsOf(aircall, bodies))).toMatchObject({
    status: 'COMPLETED',
    agent: 'nino@example.com',
    talkSeconds: 60,
    durationSeconds: 68,
    hasFinalRecord: true,
    hasRecording: true,
  })
  const request = webhook(JSON.stringify(bodies[0]))
  expect(aircall.verify(request, credentials()).ok).toBe(true)
  expect(aircall.verify(request, credentials({ secrets: ['other'] })).ok).toBe(false)
})

test('jambonz: events overtake each other, and only their arrival has a time: the phone begins no call, and its end is no riddle', () => {
  const own = { call_sid: 'a', direction: 'inbound', from: '+995599000001', to: '+995322000002' }
  const phone = { call_sid: 'b', parent_call_sid: 'a', direction: 'outbound', from: '+995599000001', to: '101' }
  const bodies = [
    { ...phone, call_status: 'trying' },
    { ...own, call_status: 'trying' },
    { ...own, call_status: 'completed', duration: 20 },
    { ...phone, call_status: 'ringing' },
    { ...phone, call_status: 'no-answer' },
    { ...own, call_status: 'in-progress' },
  ]
  const events = bodies.flatMap((body, index) => eventsOf(jambonz, [body], at('2026-03-02T09:00:00Z') + index * 100))
  expect(foldCall(events)).toMatchObject({
    status: 'MISSED',
    direction: 'INBOUND',
    from: '+995599000001',
    isEnded: true,
  })
})

test('jambonz: signed with a time, which is checked', () => {
  const body = '{"call_sid":"a","call_status":"ringing"}'
  const { nowMs } = credentials()
  const t = nowMs / 1_000
  const signature = createHmac('sha256', 's3cret').update(`${t}.${body}`).digest('hex')
  const request = webhook(body, { headers: { 'jambonz-signature': `t=${t},v1=${signature}` } })
  expect(jambonz.verify(request, credentials()).ok).toBe(true)
  expect(jambonz.verify(request, credentials({ nowMs: nowMs + 301_000 }))).toMatchObject({ reason: 'stale_timestamp' })
  expect(jambonz.verify({ ...request, rawBody: Buffer.from('{}') }, credentials()).ok).toBe(false)
})

test('Telnyx TeXML, as a form: Twilio’s words under the signature of Telnyx', () => {
  const body = form({ CallSid: 'v3:abc', CallStatus: 'completed', Direction: 'outbound', CallDuration: '12', To: '+1' })
  expect(foldCall(eventsOf(telnyx, [body]))).toMatchObject({ status: 'COMPLETED', talkSeconds: 12 })
})

describe('what is authentic but not understood', () => {
  const all = { dial9, hipcall, twilio, vonage, telnyx, plivo, ringcentral, zadarma, threecx, kazoo, aircall, jambonz }
  test.each(Object.entries(all))('%s keeps it as it came and never throws', (_name, provider) => {
    for (const body of ['nonsense', '{', '[]', '{"a":1}', 'null', '\u0000', '{"event":"x.y","data":{"id":1}}']) {
      const parsed = provider.parse(webhook(body), settings)
      expect(parsed.events).toStrictEqual([])
      expect(parsed.unparsed).toMatchObject([{ raw: body }])
    }
  })

  test.each([
    ['asterisk', asterisk],
    ['freeswitch', freeswitch],
  ])('%s: an item of nothing but brackets is kept with its whole batch', (_name, provider) => {
    const body = `[${'['.repeat(60_000)}${']'.repeat(60_000)},{}]`
    expect(provider.parse(webhook(body), settings).unparsed[0]).toMatchObject({ index: 0, raw: body })
  })

  test('FreeSWITCH: lines that only look like an event are refused in no time', () => {
    const before = process.cpuUsage()
    expect(freeswitch.parse(webhook('a: \r\n'.repeat(50_000)), settings).events).toStrictEqual([])
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000)
  })

  test.each(Object.entries(all))('%s accepts nobody without credentials', (_name, provider) => {
    expect(provider.verify(webhook('{}'), credentials()).ok).toBe(false)
    expect(provider.verify(webhook('{}'), credentials({ secrets: [] })).ok).toBe(false)
  })
})

test('what the provider wants to hear: Zadarma its echo, RingCentral its token, Twilio an empty document', () => {
  const echo = webhook('', { method: 'GET', rawQuery: 'zd_echo=abc123' })
  expect(zadarma.answer?.(echo)).toMatchObject({ body: 'abc123' })
  expect(zadarma.answer?.(webhook('event=NOTIFY_START'))).toMatchObject({ body: '' })
  const handshake = webhook('', { headers: { 'validation-token': 'tok' } })
  expect(ringcentral.answer?.(handshake)).toMatchObject({ headers: { 'validation-token': 'tok' } })
  expect(twilio.answer?.(webhook(''))).toMatchObject({ contentType: 'text/xml' })
})
