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

test('the score lies in 0..100 and never falls when one input rises', async ({ db }) => {
  expect([...leadSources].toSorted()).toEqual(ascendingSources.filter((source) => source !== null).toSorted())
  const database = db.open('deals')
  const pairs = fc.sample(inputs, { numRuns: 500, seed: 7 }).map((low, index) => ({ low, high: raised(low, index) }))
  const score = (side: string) =>
    `lead_score((${side}->>'value')::numeric, (${side}->>'probability')::int, ${side}->>'priority', ${side}->>'source')`
  const { rows } = await database.pool.query<{ low: number; high: number }>(
    `SELECT ${score('low')} AS low, ${score('high')} AS high FROM json_to_recordset($1) AS pair(low json, high json)`,
    [JSON.stringify(pairs)],
  )
  expect(rows).toHaveLength(500)
  for (const { low, high } of rows) {
    expect(low).toBeGreaterThanOrEqual(0)
    expect(high).toBeLessThanOrEqual(100)
    expect(high).toBeGreaterThanOrEqual(low)
  }
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
