import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inbound, internal, outbound, START } from '../../test/call-events.ts'
import { sequences } from '../../test/sequences.ts'
import type { Call } from './call.ts'
import { foldCall } from './fold-call.ts'
import type { StoredCallEvent } from './stored-call-event.ts'

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

describe('the same set of events', () => {
  test.each(Object.entries(sequences))(
    '%s: any permutation, with duplicates, folds to the identical call',
    (_name, events) => {
      const expected = JSON.stringify(foldCall(events))
      const anyArrival = fc.array(fc.constantFrom(...events), { maxLength: events.length }).chain((again) =>
        fc.shuffledSubarray([...events, ...again.map((event) => ({ ...event }))], {
          minLength: events.length + again.length,
        }),
      )
      fc.assert(fc.property(anyArrival, (arrived) => JSON.stringify(foldCall(arrived)) === expected))
    },
  )

  test('re-folding after each batch ends where folding everything at once does', () => {
    const events = sequences.queued
    const batches = fc.array(fc.shuffledSubarray(events, { minLength: 1 }), { maxLength: 5 })
    fc.assert(
      fc.property(batches, (arrived) => {
        const stored = new Map<string, StoredCallEvent>()
        let call = foldCall(events)
        for (const batch of [...arrived, events]) {
          for (const event of batch) stored.set(event.eventKey, event)
          call = foldCall([...stored.values()])
        }
        expect(call).toStrictEqual(foldCall(events))
      }),
    )
  })

  test('copies of one key that differ are settled by content, not by arrival', () => {
    const [started, ...rest] = sequences.direct
    const later = { ...started, occurredAt: START + 1_000 } as (typeof sequences.direct)[number]
    const events = [started, later, ...rest].filter((event) => event !== undefined)
    expect(foldCall(events)).toStrictEqual(foldCall(events.toReversed()))
    expect(foldCall(events).startedAt).toBe(START)
  })

  test('any events at all fold without throwing, into figures that add up', () => {
    const types = [...new Set(Object.values(sequences).flatMap((events) => events.map((event) => event.type)))]
    const line = fc.tuple(
      fc.integer({ min: 0, max: 120 }),
      fc.constantFrom(
        ...types,
        'call.bridged' as const,
        'queue.left' as const,
        'call.failed' as const,
        'call.cancelled' as const,
      ),
      fc.record({
        legId: fc.constantFrom(null, 'a', 'b', 'c'),
        agent: fc.constantFrom(null, 'anna', 'boris'),
        extension: fc.constantFrom(null, '101', '102'),
        queue: fc.constantFrom('support', 'sales'),
        sequence: fc.option(fc.integer({ min: 0, max: 9 })),
        callKey: fc.constantFrom('call-1', 'call-2'),
      }),
    )
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
        const events = inbound(...lines)
        const call = foldCall(events)
        expect(JSON.stringify(foldCall(events.toReversed()))).toBe(JSON.stringify(call))
        for (const seconds of Object.values(secondsOf(call))) expect(seconds ?? 0).toBeGreaterThanOrEqual(0)
        const span = (call.endedAt ?? call.lastEventAt) - call.startedAt
        expect(call.talkSeconds + call.holdSeconds).toBeLessThanOrEqual(span / 1_000 + 0.001)
        expect(call.isEnded).toBe(call.endedAt !== null)
        if (call.status === 'COMPLETED') expect(call.answeredAt).not.toBeNull()
        if (['MISSED', 'ABANDONED', 'FAILED', 'BUSY', 'VOICEMAIL'].includes(call.status))
          expect(call.answeredAt).toBeNull()
      }),
      { numRuns: 2_000 },
    )
  })
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

test('a call of 5,000 events folds in well under a second', () => {
  const lines = Array.from({ length: 2_500 }, (_, index) => [
    [index * 2, 'call.held', { legId: index % 2 === 0 ? null : `leg-${index}` }] as const,
    [index * 2 + 1, 'call.answered', { legId: `leg-${index}`, agent: `agent-${index % 50}` }] as const,
  ]).flat()
  const events = inbound([0, 'call.started'], ...lines, [5_001, 'call.ended'])
  foldCall(events)
  const begun = performance.now()
  foldCall(events)
  expect(performance.now() - begun).toBeLessThan(500)
})
