import { describe, expect, test } from 'vitest'
import { inbound, internal, outbound, START } from '../../test/call-events.ts'
import { sequences } from '../../test/sequences.ts'
import { foldCall } from './fold-call.ts'

const anna = { agent: 'anna', extension: '101' }
const boris = { agent: 'boris', extension: '102' }
const support = { queue: 'support' }

describe('what became of the call', () => {
  test('completed overwrites neither busy nor unanswered', () => {
    expect(foldCall(sequences.busyOutbound)).toMatchObject({
      status: 'BUSY',
      outcome: 'busy',
      ...anna,
      durationSeconds: 3.5,
    })
    const unanswered = outbound(
      [0, 'call.started', anna],
      [2, 'call.ringing'],
      [32, 'call.ended', { hangupCause: 'completed' }],
    )
    expect(foldCall(unanswered)).toMatchObject({ status: 'FAILED', answeredAt: null, ringSeconds: 30 })
  })

  test.each([
    [
      'inbound, rung out',
      inbound([0, 'call.started'], [20, 'call.ended', { hangupCause: 'NO_ANSWER' }]),
      'MISSED',
      'no_answer',
    ],
    ['inbound, caller hung up', inbound([0, 'call.started'], [9, 'call.cancelled']), 'MISSED', 'cancelled'],
    [
      'inbound, busy by cause',
      inbound([0, 'call.started'], [1, 'call.ended', { hangupCause: '17' }]),
      'MISSED',
      'busy',
    ],
    ['inbound, said to be busy', inbound([0, 'call.started'], [1, 'call.busy']), 'BUSY', 'busy'],
    ['inbound, said to have failed', inbound([0, 'call.started'], [1, 'call.failed']), 'FAILED', 'failed'],
    [
      'outbound, rung out',
      outbound([0, 'call.started'], [30, 'call.ended', { hangupCause: 'NO_ANSWER' }]),
      'FAILED',
      'no_answer',
    ],
    [
      'outbound, busy by cause',
      outbound([0, 'call.started'], [1, 'call.ended', { hangupCause: 'USER_BUSY' }]),
      'BUSY',
      'busy',
    ],
    [
      'internal, rung out',
      internal([0, 'call.started'], [20, 'call.ended', { hangupCause: 'NO_ANSWER' }]),
      'MISSED',
      'no_answer',
    ],
  ])('%s', (_name, events, status, outcome) => {
    expect(foldCall(events)).toMatchObject({ status, outcome, isEnded: true, talkSeconds: 0 })
  })

  test('one busy phone of a group is not a busy company', () => {
    const call = foldCall(
      inbound(
        [0, 'call.started', { legId: 'a' }],
        [1, 'call.busy', { legId: 'b', ...anna }],
        [1, 'call.ringing', { legId: 'c', ...boris }],
        [20, 'call.ended', { legId: 'a', hangupCause: 'ORIGINATOR_CANCEL' }],
      ),
    )
    expect(call).toMatchObject({ status: 'MISSED', outcome: 'cancelled' })
  })

  test('an abandoned queue ends the call by itself, unless the call goes on', () => {
    const abandoned = inbound([0, 'call.started'], [2, 'queue.entered', support], [9, 'queue.abandoned', support])
    expect(foldCall(abandoned)).toMatchObject({ status: 'ABANDONED', isEnded: true, durationSeconds: 9 })
    const goesOn = inbound(
      [0, 'call.started'],
      [2, 'queue.entered', support],
      [9, 'queue.abandoned', support],
      [10, 'queue.entered', { queue: 'sales' }],
    )
    expect(foldCall(goesOn)).toMatchObject({ status: 'QUEUED', isEnded: false })
  })

  test('an answer that is reported late makes a missed call an answered one', () => {
    const [started, ringing, answered, ended] = sequences.direct
    const early = [started, ringing, ended].filter((event) => event !== undefined)
    expect(foldCall(early).status).toBe('MISSED')
    expect(foldCall([...early, ...(answered ? [answered] : [])]).status).toBe('COMPLETED')
  })

  test('an answer stamped after the end by another clock still counts, for no time, and is flagged', () => {
    const call = foldCall(inbound([0, 'call.started'], [10, 'call.ended'], [10.4, 'call.answered', anna]))
    expect(call).toMatchObject({ status: 'COMPLETED', talkSeconds: 0, ...anna, flags: ['clock_skew'] })
  })

  test('the provider’s sequence outranks its clock', () => {
    const call = foldCall(sequences.sequenced.filter((event) => event.sequence !== null))
    expect(call).toMatchObject({
      status: 'COMPLETED',
      answeredAt: START + 4_000,
      talkSeconds: 36,
      flags: ['clock_skew'],
    })
  })
})

describe('live calls', () => {
  const queued = [
    [0, 'call.started'],
    [1, 'call.answered'],
    [2, 'queue.entered', support],
  ] as const
  test.each([
    ['RINGING', inbound([0, 'call.started'], [1, 'call.ringing'])],
    ['QUEUED', inbound(...queued)],
    ['ACTIVE', inbound(...queued, [9, 'agent.connected', anna])],
    ['HELD', inbound(...queued, [9, 'agent.connected', anna], [12, 'call.held'])],
    ['ACTIVE', inbound(...queued, [9, 'agent.connected', anna], [12, 'call.held'], [15, 'call.resumed'])],
    [
      'RINGING',
      inbound(
        [0, 'call.started'],
        [3, 'call.answered', anna],
        [9, 'call.transferred', { data: { kind: 'blind' } }],
        [10, 'call.ringing', boris],
      ),
    ],
  ])('%s', (status, events) => {
    expect(foldCall(events)).toMatchObject({
      status,
      isEnded: false,
      endedAt: null,
      durationSeconds: null,
      outcome: null,
    })
  })

  test('what is still going on has no end, and is measured up to the latest event', () => {
    const call = foldCall(
      inbound(...queued, [9, 'agent.connected', anna], [12, 'call.held'], [20, 'recording.available']),
    )
    expect(call).toMatchObject({ waitSeconds: 7, talkSeconds: 3, holdSeconds: 8 })
    expect(call.agentSegments).toMatchObject([
      { kind: 'talk', endedAt: START + 12_000, seconds: 3 },
      { kind: 'hold', endedAt: null, seconds: 8 },
    ])
  })

  test('one leg going down does not end a call whose caller is still there', () => {
    expect(foldCall(sequences.ringGroup.slice(0, 6)).isEnded).toBe(false)
  })
})

describe('doubtful figures', () => {
  test('an implausible duration and a provider that disagrees are flagged, and the provider’s figures kept', () => {
    const figures = { durationSeconds: 10_800, talkSeconds: 10_790 }
    const call = foldCall(
      inbound([0, 'call.started'], [6, 'call.answered', anna], [306, 'call.ended', { data: figures }]),
    )
    expect(call).toMatchObject({ durationSeconds: 306, provider: figures, flags: ['provider_mismatch'] })
    const endless = inbound([0, 'call.started'], [6, 'call.answered', anna], [90_000, 'call.ended'])
    expect(foldCall(endless).flags).toStrictEqual(['implausible_duration'])
  })

  test('a start that never arrived is assumed, and said to be', () => {
    expect(foldCall(inbound([5, 'call.ringing'], [9, 'call.ended'])).flags).toStrictEqual(['start_assumed'])
  })
})
