import { describe, expect, test } from 'vitest'
import { inbound, outbound, START } from '../../test/call-events.ts'
import { sequences } from '../../test/sequences.ts'
import type { Call } from './call.ts'
import { foldCall } from './fold-call.ts'

const anna = { agent: 'anna', extension: '101' }
const boris = { agent: 'boris', extension: '102' }
const support = { queue: 'support' }

const secondsOf = (call: Call) => ({
  ring: call.ringSeconds,
  wait: call.waitSeconds,
  talk: call.talkSeconds,
  hold: call.holdSeconds,
  wrapUp: call.wrapUpSeconds,
  duration: call.durationSeconds,
})

describe('worked examples', () => {
  test('a direct call: ring to the answer, talk to the end', () => {
    const call = foldCall(sequences.direct)
    expect(call).toMatchObject({
      status: 'COMPLETED',
      outcome: 'answered',
      ...anna,
      answeredAt: START + 10_000,
      endedAt: START + 70_000,
    })
    expect(secondsOf(call)).toStrictEqual({ ring: 8, wait: 8, talk: 60, hold: 0, wrapUp: 0, duration: 70 })
  })

  test('a queue call: waiting runs from the queue to the agent, and neither menu nor waiting is talk', () => {
    const call = foldCall(sequences.queued)
    expect(call).toMatchObject({
      status: 'COMPLETED',
      ...boris,
      queue: 'support',
      answeredAt: START + 35_000,
      hasRecording: true,
    })
    expect(secondsOf(call)).toStrictEqual({ ring: 0, wait: 30, talk: 60, hold: 0, wrapUp: 15, duration: 95 })
    expect(call.recordingUrl).toBe('https://pbx.example/r/1.wav')
    expect(call.queueVisits).toMatchObject([
      { queue: 'support', entry: 1, outcome: 'answered', agent: boris, waitSeconds: 30 },
    ])
    expect(call.agentSegments).toMatchObject([
      { ...anna, kind: 'ring', seconds: 15, outcome: 'no_answer' },
      { ...boris, kind: 'ring', seconds: 13, outcome: 'answered' },
      { ...boris, kind: 'talk', seconds: 60 },
      { ...boris, kind: 'wrapup', seconds: 15 },
    ])
  })

  test('a caller who gives up in the queue is abandoned, although the exchange had answered', () => {
    const call = foldCall(sequences.abandoned)
    expect(call).toMatchObject({ status: 'ABANDONED', outcome: 'abandoned', answeredAt: null, agent: null })
    expect(secondsOf(call)).toStrictEqual({ ring: 0, wait: 17, talk: 0, hold: 0, wrapUp: 0, duration: 20 })
  })

  test('a call that ends in a queue without an agent is abandoned, even if nothing says so', () => {
    const call = foldCall(
      inbound([0, 'call.started'], [1, 'call.answered'], [2, 'queue.entered', support], [30, 'call.ended']),
    )
    expect(call).toMatchObject({ status: 'ABANDONED', waitSeconds: 28, talkSeconds: 0, ringSeconds: 1 })
    expect(call.queueVisits).toMatchObject([{ outcome: 'abandoned', waitSeconds: 28 }])
  })

  test('a ring group: whoever lost the race has a lost leg, and the call is nobody’s missed call', () => {
    const call = foldCall(sequences.ringGroup)
    expect(call).toMatchObject({ status: 'COMPLETED', ...boris, ringSeconds: 7, talkSeconds: 40, durationSeconds: 48 })
    expect(call.legs.map((leg) => [leg.legId, leg.outcome])).toStrictEqual([
      ['leg-caller', 'answered'],
      ['leg-anna', 'answered_elsewhere'],
      ['leg-boris', 'answered'],
    ])
  })

  test('holds count once, and one that is never resumed runs to the end', () => {
    const call = foldCall(sequences.held)
    expect(secondsOf(call)).toStrictEqual({ ring: 2, wait: 2, talk: 23, hold: 35, wrapUp: 0, duration: 60 })
  })

  test('after a blind transfer the ringing is no talk, and both agents keep their part', () => {
    const call = foldCall(sequences.blind)
    expect(call).toMatchObject({ status: 'COMPLETED', ...boris, ringSeconds: 4, talkSeconds: 85 })
    expect(call.agentSegments.filter((segment) => segment.kind === 'talk')).toMatchObject([
      { ...anna, seconds: 25 },
      { ...boris, seconds: 60 },
    ])
  })

  test('an attended transfer: the consultation is talk for the agents and hold for the caller', () => {
    const call = foldCall(sequences.attended)
    expect(secondsOf(call)).toStrictEqual({ ring: 5, wait: 5, talk: 80, hold: 15, wrapUp: 0, duration: 100 })
    expect(call.agentSegments).toMatchObject([
      { ...anna, kind: 'talk', seconds: 15 },
      { ...anna, kind: 'hold', seconds: 15 },
      { ...boris, kind: 'talk', seconds: 75 },
    ])
  })

  test('two legs of one talk are one talk', () => {
    const call = foldCall(
      inbound(
        [0, 'call.started', { legId: 'a' }],
        [5, 'call.answered', { legId: 'b', ...anna }],
        [5, 'call.answered', { legId: 'a' }],
        [5, 'call.bridged', { legId: 'a', ...anna }],
        [65, 'call.ended', { legId: 'b' }],
        [65, 'call.ended', { legId: 'a' }],
      ),
    )
    expect(call).toMatchObject({ talkSeconds: 60, ...anna })
    expect(call.agentSegments).toHaveLength(1)
  })

  test('a mailbox that took a message is voicemail; one that did not is a missed call', () => {
    expect(foldCall(sequences.mailbox)).toMatchObject({
      status: 'VOICEMAIL',
      ringSeconds: 20,
      talkSeconds: 0,
      answeredAt: null,
    })
    const silent = sequences.mailbox.map((event) =>
      event.data === null ? event : { ...event, data: { messageSeconds: 0 } },
    )
    expect(foldCall(silent)).toMatchObject({ status: 'MISSED', outcome: 'no_answer' })
  })

  test('an answer in the instant of entering the queue is the exchange’s', () => {
    const call = foldCall(
      inbound([0, 'call.started'], [2, 'call.answered'], [2, 'queue.entered', support], [30, 'call.ended']),
    )
    expect(call).toMatchObject({ status: 'ABANDONED', talkSeconds: 0, waitSeconds: 28 })
  })

  test('an answer in the queue without any agent named is an answer', () => {
    const call = foldCall(
      inbound([0, 'call.started'], [2, 'queue.entered', support], [12, 'call.answered'], [30, 'call.ended']),
    )
    expect(call).toMatchObject({ status: 'COMPLETED', waitSeconds: 10, talkSeconds: 18 })
  })

  test('a menu, then a phone: ringing is the phone’s, talk begins with the person', () => {
    const call = foldCall(
      inbound(
        [0, 'call.started'],
        [1, 'call.answered'],
        [10, 'call.ringing', anna],
        [15, 'call.answered', { legId: 'b', ...anna }],
        [45, 'call.ended'],
      ),
    )
    expect(call).toMatchObject({ status: 'COMPLETED', ringSeconds: 5, talkSeconds: 30, answeredAt: START + 15_000 })
  })

  test('a phone rang, was answered, and the agent is named afterwards: talk begins with the answer', () => {
    const call = foldCall(
      inbound(
        [0, 'call.started'],
        [2, 'call.ringing'],
        [10, 'call.answered'],
        [11, 'agent.connected', anna],
        [40, 'call.ended'],
      ),
    )
    expect(call).toMatchObject({ ...anna, ringSeconds: 8, talkSeconds: 30, answeredAt: START + 10_000 })
  })

  test('an outbound call that its own agent transfers goes on when the agent leaves', () => {
    const lines = [
      [0, 'call.started', { legId: 'a', ...anna }],
      [9, 'call.answered', { legId: 'customer' }],
      [30, 'call.transferred', { legId: 'a', data: { kind: 'blind' } }],
      [30, 'call.ended', { legId: 'a' }],
      [31, 'call.ringing', { legId: 'c', ...boris }],
      [36, 'call.answered', { legId: 'c', ...boris }],
    ] as const
    expect(foldCall(outbound(...lines))).toMatchObject({ isEnded: false, status: 'ACTIVE' })
    const call = foldCall(
      outbound(...lines, [66, 'call.ended', { legId: 'c' }], [66, 'call.ended', { legId: 'customer' }]),
    )
    expect(call).toMatchObject({ status: 'COMPLETED', talkSeconds: 51, durationSeconds: 66, ...boris })
  })

  test('the same queue entered twice is two visits', () => {
    const call = foldCall(
      inbound(
        [0, 'call.started'],
        [1, 'queue.entered', support],
        [11, 'queue.left', { ...support, data: { reason: 'timeout' } }],
        [15, 'queue.entered', support],
        [20, 'agent.connected', { ...anna, ...support }],
        [50, 'call.ended'],
      ),
    )
    expect(call).toMatchObject({ status: 'COMPLETED', waitSeconds: 15, talkSeconds: 30, ringSeconds: 5 })
    expect(call.queueVisits).toMatchObject([
      { entry: 1, outcome: 'left', reason: 'timeout', waitSeconds: 10 },
      { entry: 2, outcome: 'answered', waitSeconds: 5 },
    ])
  })
})
