import { run, statement } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { test } from '@dealwire/testing'
import fc from 'fast-check'
import { expect } from 'vitest'
import { fixtureSequences } from '../../test/fixture-sequences.ts'
import { sequences } from '../../test/sequences.ts'
import { connect, startApp } from '../../test/start-app.ts'
import type { StoredCallEvent } from '../calls/stored-call-event.ts'
import type { Arrival } from './arrival.ts'

const seed = Date.now() % 1_000_000
const SEQUENCES = 40

// Everything that events decide; ids, versions and times of writing are the database's own.
const callsOf = statement(
  'test_calls_of_connection',
  `SELECT to_jsonb(c) - '{id,company_id,connection_id,digest,version,created_at,updated_at}'::text[] AS call
   FROM calls c WHERE connection_id = $1 AND merged_into_id IS NULL ORDER BY external_id`,
)

const isOfCaptured = fixtureSequences().filter(({ events }) => events.length <= 500)
const all = [...Object.entries(sequences).map(([name, events]) => ({ name, events })), ...isOfCaptured]
const chosen = fc.sample(fc.shuffledSubarray(all, { minLength: Math.min(SEQUENCES, all.length) }), { seed, numRuns: 1 })

test(`two processes that are told of calls at once, event by event and twice, store what one told in order stores (seed ${seed})`, async ({
  db,
  actor,
}) => {
  const apps = [startApp(db), startApp(db)] as const
  const ordered = await connect(apps[0], actor, 'generic')
  const shuffled = await connect(apps[0], actor, 'generic')
  const arrival = (connectionId: string, events: readonly StoredCallEvent[]): Arrival => ({
    author: { companyId: actor.companyId, userId: null, requestId: newId() },
    connectionId,
    defaultRegion: 'GE',
    events,
    letters: [],
  })
  for (const { name, events } of chosen.flat().slice(0, SEQUENCES)) {
    // Files that share calls would otherwise meet in one connection.
    const own = events.map((event) => ({
      ...event,
      eventKey: `${name} ${event.eventKey}`.slice(-200),
      callKey: `${name} ${event.callKey}`,
      relatedCallKeys: event.relatedCallKeys.map((key) => `${name} ${key}`),
    }))
    await apps[0].dependencies.arrivals.add(arrival(ordered.id, own))
    const twice = fc.shuffledSubarray([...own, ...own], { minLength: 2 * own.length })
    const [arrived = []] = fc.sample(twice, { seed, numRuns: 1 })
    const receipts = await Promise.all(
      arrived.map((event, index) =>
        apps[index % 2 === 0 ? 0 : 1].dependencies.arrivals.add(arrival(shuffled.id, [event])),
      ),
    )
    expect([name, receipts.reduce((sum, { accepted }) => sum + accepted, 0)]).toStrictEqual([name, own.length])
  }
  const [expected, actual] = await Promise.all(
    [ordered, shuffled].map(({ id }) => run(apps[0].database, callsOf, [id])),
  )
  expect(expected?.length).toBeGreaterThan(0)
  expect(actual).toStrictEqual(expected)
})
