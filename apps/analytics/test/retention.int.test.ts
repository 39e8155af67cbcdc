import { randomUUID } from 'node:crypto'
import type { Actor } from '@dealwire/contracts'
import { type Database, run, statement, withTx } from '@dealwire/db/client'
import { test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { keepMonths } from '../src/calls/keep-months.ts'
import { recountStale } from '../src/calls/recount-stale.ts'
import { rollMonths } from '../src/calls/roll-months.ts'
import { copyFrozen, copyRetention } from '../src/rebuilds/frozen-calls.repository.ts'
import { clearRebuilt, sumTables } from '../src/rebuilds/projected-tables.repository.ts'
import { appOn, get, project } from './bench.ts'
import { call, companyCreated, event } from './events.ts'

const never = new AbortController().signal
const RETENTION_MONTHS = 2

/** The middle of a month, so many months ago. */
function monthsAgo(months: number): string {
  const day = new Date()
  day.setUTCDate(15)
  day.setUTCHours(10, 0, 0, 0)
  day.setUTCMonth(day.getUTCMonth() - months)
  return day.toISOString()
}

const ended = (actor: Actor, id: string, version: number, startedAt: string, more: object = {}) =>
  event('crm.telephony.call.ended', actor.companyId, id, version, call(id, startedAt, { talkSeconds: 60, ...more }))

const year = () => `from=${monthsAgo(11).slice(0, 10)}&to=${new Date().toISOString().slice(0, 10)}`

const countCalls = statement('test_facts', 'SELECT count(*) AS n FROM call_facts WHERE company_id = $1')

async function countFacts(database: Database, companyId: string): Promise<number | undefined> {
  return (await run<{ n: number }>(database, countCalls, [companyId]))[0]?.n
}

/** A call of a month that is then dropped, one of the month before that, and a recent one. */
async function tellAndDrop(database: Database, actor: Actor) {
  const [dropped, older, recent] = [randomUUID(), randomUUID(), randomUUID()]
  await project(database, [
    companyCreated(actor.companyId, 'UTC'),
    ended(actor, dropped, 1, monthsAgo(6)),
    ended(actor, older, 1, monthsAgo(7)),
    ended(actor, recent, 1, monthsAgo(1)),
  ])
  await keepMonths(database, 2, RETENTION_MONTHS)
  expect(await countFacts(database, actor.companyId)).toBe(1)
  return { dropped, older, recent }
}

describe('when the months of single calls are dropped', () => {
  test('what was counted of them stays, and later news of them changes nothing', async ({ db, actor }) => {
    const database = db.open('analytics')
    const inUtc = { ...actor, company: { ...actor.company, timeZone: 'UTC' } }
    const app = appOn(database)
    const { dropped, older, recent } = await tellAndDrop(database, actor)
    const total = async () => {
      const overview = await get(app, inUtc, `/v1/telephony/stats/overview?${year()}`)
      expect(overview.percentiles.method).toBe('histogram')
      expect(overview.byHour.reduce((sum: number, hour: { total: number }) => sum + hour.total, 0)).toBe(overview.total)
      return overview.total
    }
    expect(await total()).toBe(3)
    await rollMonths(database, never)
    expect(await total()).toBe(3)

    // A short window has exact percentiles of what is kept, and is counted in either case.
    const dayOf = async (months: number) => {
      const day = monthsAgo(months).slice(0, 10)
      const { total: calls, percentiles } = await get(app, inUtc, `/v1/telephony/stats/overview?from=${day}&to=${day}`)
      return [calls, percentiles.method]
    }
    expect([await dayOf(6), await dayOf(1)]).toEqual([
      [1, 'histogram'],
      [1, 'exact'],
    ])

    // Told again with more news, moved into a month that is kept, and never heard of before.
    await project(database, [ended(actor, dropped, 2, monthsAgo(6), { talkSeconds: 90 })])
    await project(database, [ended(actor, older, 2, monthsAgo(1))])
    await project(database, [ended(actor, older, 3, monthsAgo(1))])
    await project(database, [ended(actor, randomUUID(), 1, monthsAgo(6))])
    expect(await countFacts(database, actor.companyId)).toBe(1)
    expect(await total()).toBe(3)

    // One that is kept turns out to have begun before: it leaves the month it was counted in.
    await project(database, [ended(actor, recent, 2, monthsAgo(6))])
    expect(await countFacts(database, actor.companyId)).toBe(0)
    expect(await total()).toBe(2)
    await project(database, [ended(actor, randomUUID(), 1, monthsAgo(1))])
    expect(await total()).toBe(3)
  })

  test('counting anew leaves them as they are', async ({ db, actor }) => {
    const database = db.open('analytics')
    await tellAndDrop(database, actor)
    const before = await sumTables(database, 'live', actor.companyId)
    await run(database, statement('test_all_stale', 'UPDATE rollup_zones SET stale = true WHERE company_id = $1'), [
      actor.companyId,
    ])
    await recountStale(database, () => undefined, never)
    expect(await sumTables(database, 'live', actor.companyId)).toEqual(before)
  })

  test('a rebuild takes them over, since no log can tell them again', async ({ db, actor }) => {
    const database = db.open('analytics')
    await tellAndDrop(database, actor)
    const { companyId } = actor
    await withTx(database, (tx) => clearRebuilt(tx, companyId))
    await withTx(database, (tx) => copyRetention(tx, companyId))
    await withTx(database, (tx) => copyFrozen(tx, companyId))
    const [live, rebuilt] = await Promise.all([
      sumTables(database, 'live', companyId),
      sumTables(database, 'rebuilt', companyId),
    ])
    const ofDropped = (sums: typeof live) =>
      sums.filter(({ month }) => [6, 7].some((ago) => monthsAgo(ago).startsWith(month)))
    expect(ofDropped(rebuilt)).toEqual(ofDropped(live))
    expect(ofDropped(live).map(({ table }) => table)).toContain('seconds_day_histograms')
  })
})

test('events that come while a month is added up wait for it, and are not held against themselves', async ({
  db,
  actor,
}) => {
  const database = db.open('analytics')
  const first = ended(actor, randomUUID(), 1, monthsAgo(1))
  await project(database, [companyCreated(actor.companyId, 'UTC'), first])
  const holder = await database.pool.connect()
  try {
    await holder.query('BEGIN')
    await holder.query('SELECT FROM rollup_zones WHERE company_id = $1 FOR UPDATE', [actor.companyId])
    const told = project(database, [ended(actor, randomUUID(), 1, monthsAgo(1))])
    await expect(told).rejects.toMatchObject({ code: 'storage_unavailable' })
  } finally {
    await holder.query('ROLLBACK')
    holder.release()
  }
})
