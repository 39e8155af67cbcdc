import { leadSources, priorities } from '@dealwire/contracts'
import { test } from '@dealwire/testing'
import fc from 'fast-check'
import { expect } from 'vitest'

type Inputs = { value: number; probability: number; priority: string; source: string | null }

const ascendingSources = [null, 'OTHER', 'ADS', 'EMAIL', 'WEB', 'PHONE', 'EVENT', 'PARTNER', 'REFERRAL']

const inputs = fc.record({
  value: fc.double({ min: 0, max: 999_999_999_999, noNaN: true }).map((value) => Math.round(value * 100) / 100),
  probability: fc.integer({ min: 0, max: 100 }),
  priority: fc.constantFrom(...priorities),
  source: fc.constantFrom(...ascendingSources),
})

/** Four whole numbers that are together 100. */
const weights = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
  .map((cuts) => [0, ...cuts.toSorted((a, b) => a - b), 100])
  .map((cuts) => cuts.slice(1).map((cut, index) => cut - (cuts[index] ?? 0)))

test('whatever the weights, the score lies in 0..100 and never falls when one input rises', async ({ db }) => {
  expect([...leadSources].toSorted()).toEqual(ascendingSources.filter((source) => source !== null).toSorted())
  const database = db.open('deals')
  const given = fc.sample(weights, { numRuns: 500, seed: 7 })
  const pairs = fc
    .sample(inputs, { numRuns: 500, seed: 7 })
    .map((low, index) => ({ low, high: raised(low, index), weights: given[index] }))
  const score = (side: string) =>
    `lead_score((${side}->>'value')::numeric, (${side}->>'probability')::int, ${side}->>'priority', ${side}->>'source', weights[1], weights[2], weights[3], weights[4])`
  const { rows } = await database.pool.query<{ low: number; high: number }>(
    `SELECT ${score('low')} AS low, ${score('high')} AS high FROM json_to_recordset($1) AS pair(low json, high json, weights int[])`,
    [JSON.stringify(pairs)],
  )
  expect(rows).toHaveLength(500)
  for (const { low, high } of rows) {
    expect(low).toBeGreaterThanOrEqual(0)
    expect(high).toBeLessThanOrEqual(100)
    expect(high).toBeGreaterThanOrEqual(low)
  }
})

test('the weights that every company starts with give the scores that there were without weights', async ({ db }) => {
  const rows = fc.sample(inputs, { numRuns: 500, seed: 11 })
  const args = '(i).value, (i).probability, (i).priority, (i).source'
  const { rows: scores } = await db.open('deals').pool.query<{ without: number; with: number; none: number }>(
    `SELECT lead_score(${args}) AS without, lead_score(${args}, 40, 30, 15, 15) AS with, lead_score(${args}, NULL, NULL, NULL, NULL) AS none
     FROM json_to_recordset($1) AS i(value numeric, probability int, priority text, source text)`,
    [JSON.stringify(rows)],
  )
  for (const score of scores) expect([score.with, score.none]).toEqual([score.without, score.without])
})

/** One input raised, each in turn. */
function raised(low: Inputs, index: number): Inputs {
  switch (index % 4) {
    case 0:
      return { ...low, value: low.value * 3 + 1 }
    case 1:
      return { ...low, probability: Math.min(100, low.probability + 9) }
    case 2:
      return { ...low, priority: priorities[Math.min(3, priorities.indexOf(low.priority as 'LOW') + 1)] ?? 'URGENT' }
    default:
      return { ...low, source: ascendingSources[Math.min(8, ascendingSources.indexOf(low.source) + 1)] ?? 'REFERRAL' }
  }
}
