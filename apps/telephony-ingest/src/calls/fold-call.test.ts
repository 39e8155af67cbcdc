import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inbound, START } from '../../test/call-events.ts'
import { longCalls } from '../../test/long-calls.ts'
import { sequences } from '../../test/sequences.ts'
import type { Call } from './call.ts'
import { foldCall } from './fold-call.ts'
import type { StoredCallEvent } from './stored-call-event.ts'

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

// Linear is 8, quadratic 64: the middle leaves room for whatever else the machine is doing.
test.each(Object.entries(longCalls))(
  '%s: eight times the events cost far less than 64 times as much',
  (_name, callOf) => {
    const cpuOf = (pairs: number) => {
      const events = callOf(pairs)
      const times = Array.from({ length: 5 }, () => {
        const before = process.cpuUsage()
        foldCall(events)
        const { user, system } = process.cpuUsage(before)
        return user + system
      })
      return Math.max(Math.min(...times), 1_000)
    }
    cpuOf(250)
    expect(cpuOf(2_000) / cpuOf(250)).toBeLessThan(32)
  },
)
