import { callEventTypes } from '@dealwire/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inbound } from '../../test/call-events.ts'
import { fixtureSequences } from '../../test/fixture-sequences.ts'
import { needsFixtures } from '../../test/fixtures.ts'
import { ingestInMemory } from '../../test/in-memory-ingest.ts'
import { sequences } from '../../test/sequences.ts'
import type { StoredCallEvent } from '../calls/stored-call-event.ts'

const seed = Date.now() % 1_000_000
/** A large file is shuffled less often: what can go wrong in it goes wrong in small ones too. */
const runsOf = (events: readonly unknown[]) => Math.max(10, Math.min(100, Math.ceil(3_000 / events.length)))

const captured = fixtureSequences().map(({ name, events }) => [name, events] as const)

const someKey = fc.constantFrom('call-1', 'call-2', 'call-3', 'call-4')
const anyLine = fc.tuple(
  fc.integer({ min: 0, max: 20 }),
  fc.constantFrom(...callEventTypes),
  fc.record({
    callKey: someKey,
    relatedCallKeys: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(someKey, { maxLength: 2 })),
    legId: fc.constantFrom(null, 'a', 'b', 'c'),
    agent: fc.constantFrom(null, 'anna', 'boris'),
    extension: fc.constantFrom(null, '101', '102'),
    direction: fc.constantFrom(null, 'INBOUND' as const, 'OUTBOUND' as const),
    queue: fc.constantFrom(null, 'support', 'sales'),
    sequence: fc.option(fc.integer({ min: 0, max: 9 })),
    data: fc.constantFrom(
      null,
      { approximate: true },
      { role: 'destination' },
      { role: 'party' },
      { kind: 'blind' },
      { by: 'exchange' },
      { reaped: true, approximate: true },
      { final: true, talkSeconds: 3 },
    ),
  }),
)

/** Any order, with any of them again anywhere, cut into batches anywhere. */
function anyArrival(events: readonly StoredCallEvent[]): fc.Arbitrary<StoredCallEvent[][]> {
  return fc
    .array(fc.constantFrom(...events), { maxLength: events.length })
    .map((again) => [...events, ...again.map((event) => structuredClone(event))])
    .chain((all) =>
      fc.record({
        arrived: fc.shuffledSubarray(all, { minLength: all.length }),
        cuts: fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length }),
      }),
    )
    .map(({ arrived, cuts }) => {
      const batches: StoredCallEvent[][] = [[]]
      for (const [index, event] of arrived.entries()) {
        if (cuts[index] === true) batches.push([])
        batches.at(-1)?.push(event)
      }
      return batches
    })
}

describe(`any order, duplicates and batches give the identical calls (seed ${seed})`, () => {
  test.each(Object.entries(sequences))('%s', (_name, events) => {
    check(events)
  })

  test('whatever the events are, and whichever calls they prove to be one', () => {
    const anyEvents = fc.array(anyLine, { minLength: 1, maxLength: 20 }).map((lines) => inbound(...lines))
    fc.assert(
      fc.property(
        anyEvents.chain((events) => fc.record({ events: fc.constant(events), batches: anyArrival(events) })),
        ({ events, batches }) => {
          expect(JSON.stringify(ingestInMemory(batches))).toBe(JSON.stringify(ingestInMemory([events])))
        },
      ),
      { seed, numRuns: 1_000 },
    )
  })

  describe.skipIf(captured.length === 0)(needsFixtures('captured calls'), () => {
    test('there are captured calls of every provider that has some', () => {
      expect(captured.length).toBeGreaterThan(80)
    })

    test.each(captured)('%s', (_name, events) => {
      check(events)
    })
  })
})

function check(events: readonly StoredCallEvent[]): void {
  const expected = JSON.stringify(ingestInMemory([events]))
  fc.assert(
    fc.property(anyArrival(events), (batches) => {
      expect(JSON.stringify(ingestInMemory(batches))).toBe(expected)
    }),
    { seed, numRuns: runsOf(events) },
  )
}
