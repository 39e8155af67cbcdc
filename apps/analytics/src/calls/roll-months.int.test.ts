import { randomUUID } from 'node:crypto'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { appOn, get, project } from '../../test/bench.ts'
import { call, companyCreated, event } from '../../test/events.ts'
import { randomFrom } from '../../test/random.ts'
import { dayAt, daysBefore } from '../windows/local-day.ts'
import { rollMonths } from './roll-months.ts'

const DAYS = 100
const DAY_MS = 86_400_000

test('a month that is added up, also the current one, answers as its days do, whatever part of it is asked for', async ({
  db,
  actor,
}) => {
  const database = db.open('analytics')
  const app = appOn(database)
  const random = randomFrom('months')
  const { timeZone } = actor.company
  const today = dayAt(Date.now(), timeZone)
  const callsAt = (starts: readonly number[]) =>
    starts.map((at) => {
      const startedAt = new Date(at).toISOString()
      const visit = { queue: 'sales', enteredAt: startedAt, outcome: 'answered', waitSeconds: random.below(60) }
      const told = call(randomUUID(), startedAt, {
        queue: 'sales',
        talkSeconds: random.below(300),
        agentId: actor.userId,
        queueVisits: [visit],
      })
      return event('crm.telephony.call.ended', actor.companyId, told.call.id, 1, told)
    })
  const someTime = () => Date.now() - random.below(DAYS * 86_400) * 1_000
  const ends = [today, daysBefore(today, 1), daysBefore(today, 9), `${today.slice(0, 7)}-01`, new Date().toISOString()]
  const windows = [99, 92, 85, 78, 71, 64].flatMap((days) =>
    ends.map((to) => `from=${daysBefore(today, days)}&to=${to}`),
  )
  async function expectSame(change: () => Promise<unknown>): Promise<void> {
    const ask = () =>
      Promise.all(
        windows.flatMap((window) =>
          ['overview', 'agents', 'queues'].map(async (path) => {
            const { meta: _, ...figures } = await get(app, actor, `/v1/telephony/stats/${path}?${window}`)
            return figures
          }),
        ),
      )
    const before = await ask()
    await change()
    expect(await ask()).toEqual(before)
  }
  const roll = () => rollMonths(database, new AbortController().signal)
  const rolledUntil = async () =>
    (await database.pool.query('SELECT max(rolled_until)::text AS day FROM rolled_months WHERE is_rolled')).rows[0].day

  await project(database, [companyCreated(actor.companyId, timeZone)])
  await project(database, callsAt(Array.from({ length: 400 }, someTime)))
  await expectSame(roll)
  expect(await rolledUntil()).toBe(today)

  // Calls of today leave the rest of the month as it is; late ones have the month's days answer until it is added up anew.
  await project(database, callsAt([Date.now() - 1_000]))
  expect(await rolledUntil()).toBe(today)
  await project(
    database,
    callsAt([Date.now() - DAY_MS, Date.now() - 40 * DAY_MS, ...Array.from({ length: 30 }, someTime)]),
  )
  await expectSame(roll)
  expect(await rolledUntil()).toBe(today)
})
