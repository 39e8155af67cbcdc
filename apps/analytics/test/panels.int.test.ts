import { randomUUID } from 'node:crypto'
import { analyticsRoutes } from '@dealwire/contracts'
import { makeActor, test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { appOn, get, project } from './bench.ts'
import { at, call, companyCreated, customerCreated, deal, event } from './events.ts'

const customerId = randomUUID()
const panels = analyticsRoutes
  .filter((route) => route.method === 'GET' && route.query !== undefined)
  .map((route) => ({ path: route.path.replace(':id', customerId), keys: Object.keys(route.query?.shape ?? {}) }))
const withWindow = panels.filter(({ keys }) => keys.includes('from'))
const paths = (some: readonly { path: string }[]) => some.map(({ path }) => path)

/** A page of what there is, however long the window; it shows deals and calls, which every role may read, and no figures. */
const isTimeline = (path: string) => path.endsWith('/timeline')
const HISTORY = '/v1/analytics/forecast/history'

describe('every panel', () => {
  test.for(paths(withWindow))(
    'refuses a window that ends before it starts, and one that is no time: %s',
    async (path, { db, actor }) => {
      const app = appOn(db.open('analytics'))
      for (const window of ['from=2026-03-02&to=2026-03-01', 'from=2026-03-02&to=2026-03-01T10:00:00Z', 'to=soon']) {
        const answer = await get(app, actor, `${path}?${window}`, 400)
        expect(answer).toMatchObject({ code: 'validation_failed', errors: [expect.anything()] })
      }
    },
  )

  test.for(paths(withWindow).filter((path) => !isTimeline(path)))(
    'refuses a window of years: %s',
    async (path, { db, actor }) => {
      const answer = await get(appOn(db.open('analytics')), actor, `${path}?from=2020-01-01&to=2026-01-01`, 400)
      expect(answer.code).toBe('validation_failed')
    },
  )

  test.for(paths(panels.filter(({ keys }) => keys.includes('queue'))))(
    'knows no queue and no agent that nobody has heard of: %s',
    async (path, { db, actor }) => {
      const app = appOn(db.open('analytics'))
      await get(app, actor, `${path}?queue=nowhere`, 404)
      await get(app, actor, `${path}?agentId=${randomUUID()}`, 404)
      await get(app, actor, `${path}?agentId=me`, 400)
    },
  )

  test.for(paths(panels).filter((path) => path !== HISTORY && !isTimeline(path)))(
    'has nothing of others for who sees own figures: %s',
    async (path, { db, actor }) => {
      const database = db.open('analytics')
      const others = { assignedToId: actor.userId, createdById: actor.userId }
      const won = { stage: 'CLOSED_WON', stageKind: 'WON', closedAt: at, stageEnteredAt: at }
      const call1 = call(randomUUID(), at, { agentId: actor.userId, talkSeconds: 60, customerId })
      const activity = { id: randomUUID(), dealId: randomUUID(), kind: 'TASK', subject: 'x', createdAt: at, doneAt: at }
      await project(database, [
        companyCreated(actor.companyId),
        customerCreated(actor.companyId, customerId),
        event(
          'crm.deals.deal.won',
          actor.companyId,
          randomUUID(),
          1,
          deal(randomUUID(), customerId, { ...others, ...won }),
        ),
        event('crm.telephony.call.ended', actor.companyId, call1.call.id, 1, call1),
        event('crm.deals.activity.completed', actor.companyId, activity.id, 1, {
          activity: { ...activity, ...others },
          customerId,
        }),
      ])
      const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
      const window = withWindow.some((one) => one.path === path) ? '?from=2026-03-01&to=2026-03-31' : ''
      const app = appOn(database)
      const [all, own] = [await get(app, actor, `${path}${window}`), await get(app, employee, `${path}${window}`)]
      const ofOthers = JSON.stringify({ ...own, meta: undefined })
      expect(ofOthers).not.toContain('100.00')
      expect(ofOthers).not.toContain(actor.userId)
      if (Array.isArray(all.data)) expect(own.data).toEqual([])
    },
  )

  test('but the nights of the forecast, which are records of the whole company', async ({ db, actor }) => {
    const employee = makeActor({ role: 'EMPLOYEE', companyId: actor.companyId })
    const answer = await get(appOn(db.open('analytics')), employee, HISTORY, 403)
    expect(answer.code).toBe('forbidden')
  })
})
