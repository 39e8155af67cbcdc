import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inbound } from '../../test/call-events.ts'
import { orderEvents } from './order-events.ts'

const typesOf = (events: ReturnType<typeof inbound>) => orderEvents(events).ordered.map(({ event }) => event.type)

test('equal times are settled by the lifecycle', () => {
  expect(
    typesOf(inbound([0, 'call.ended'], [0, 'call.answered'], [0, 'call.ringing'], [0, 'call.started'])),
  ).toStrictEqual(['call.started', 'call.ringing', 'call.answered', 'call.ended'])
})

test('sequence, time and rank mixed still make one total order', () => {
  const line = fc.tuple(
    fc.integer({ min: 0, max: 5 }),
    fc.constantFrom('call.started' as const, 'call.ringing' as const, 'call.answered' as const, 'call.ended' as const),
    fc.record({
      sequence: fc.option(fc.integer({ min: 0, max: 4 })),
      sequenceScope: fc.constantFrom(null, 'leg-a', 'leg-b'),
    }),
  )
  const arrivals = fc
    .array(line, { minLength: 2, maxLength: 12 })
    .chain((lines) =>
      fc.tuple(fc.constant(inbound(...lines)), fc.shuffledSubarray(inbound(...lines), { minLength: lines.length })),
    )
  fc.assert(
    fc.property(arrivals, ([events, shuffled]) => {
      expect(orderEvents(shuffled)).toStrictEqual(orderEvents(events))
    }),
  )
})

test('within one counter the sequence is kept, whatever the clock says', () => {
  const events = inbound(
    [9, 'call.started', { sequence: 1 }],
    [3, 'call.answered', { sequence: 2 }],
    [3, 'call.ringing', { sequence: 3 }],
    [12, 'call.ended', { sequence: 4 }],
  )
  expect(orderEvents(events).ordered.map(({ event }) => event.sequence)).toStrictEqual([1, 2, 3, 4])
  expect(orderEvents(events).isSkewed).toBe(true)
})
