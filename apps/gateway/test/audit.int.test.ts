import { type Database, run, statement, withTx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { maintainAuditLog } from '../src/audit/audit-entries.repository.ts'
import { writeAuditLog } from '../src/audit/write-audit-log.ts'
import { pruneSessions } from '../src/sessions/prune-sessions.ts'
import { bearer, register, startGateway } from './gateway.ts'
import { addUser, as } from './people.ts'

type Change = { actorid?: string | null; time?: string; subject?: string; data?: Record<string, unknown> }

function event(companyid: string, type: string, more: Change = {}) {
  return {
    specversion: '1.0' as const,
    id: newId(),
    source: `/${type.split('.')[1]}`,
    type,
    subject: newId(),
    time: new Date().toISOString(),
    datacontenttype: 'application/json' as const,
    dataschema: 'urn:test',
    companyid,
    correlationid: 'request-1',
    sequence: 1,
    aggregateversion: 1,
    data: {},
    ...more,
  }
}

const write = (database: Database, events: ReturnType<typeof event>[]) =>
  withTx(database, (tx) => writeAuditLog(tx, events))
const countStored = statement(
  'test_count_audit',
  'SELECT count(*)::int AS count FROM audit_entries WHERE company_id = $1',
)
const ageSessions = statement(
  'test_age_sessions',
  `UPDATE sessions SET expires_at = now() - interval '31 days' WHERE user_id = $1`,
)

describe('the audit log', () => {
  test('shows who changed what from what to what, in every service, newest first', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database)
    const [admin, stranger] = [await register(app), await register(app)]
    const dealId = newId()
    const changed = event(admin.company.id, 'crm.deals.deal.updated', {
      actorid: admin.user.id,
      subject: dealId,
      time: '2026-03-02T10:00:00.000Z',
      data: { dealId, before: { title: 'A' }, after: { title: 'B' } },
    })
    const deleted = event(admin.company.id, 'crm.inventory.work-order.deleted', {
      time: '2026-03-01T19:59:59.999Z',
      data: { workOrder: { number: 'WO-1' } },
    })
    // Delivered twice, and together with another company's.
    await write(database, [changed, deleted, event(stranger.company.id, 'crm.deals.deal.created')])
    await write(database, [changed])
    const list = async (query = '') =>
      (await app.inject({ url: `/v1/audit-log?${query}`, headers: bearer(admin.accessToken) })).json()
    expect((await list('count=exact')).page.total).toBe(2)
    expect((await list()).data).toMatchObject([
      {
        id: changed.id,
        service: 'deals',
        entity: 'deal',
        entityId: dealId,
        action: 'updated',
        actorId: admin.user.id,
        actorName: 'Ana',
        requestId: 'request-1',
        before: { title: 'A' },
        after: { title: 'B' },
      },
      {
        entity: 'work-order',
        action: 'deleted',
        actorId: null,
        actorName: null,
        before: { number: 'WO-1' },
        after: null,
      },
    ])
    const ids = async (query: string) => (await list(query)).data.map((entry: { id: string }) => entry.id)
    expect(await ids(`actorId=${admin.user.id}`)).toEqual([changed.id])
    expect(await ids('entity=work-order')).toEqual([deleted.id])
    expect(await ids(`entityId=${dealId}&action=updated`)).toEqual([changed.id])
    // 19:59:59.999 UTC is the last moment of the first of March in Tbilisi.
    expect(await ids('from=2026-03-01&to=2026-03-01')).toEqual([deleted.id])
    expect(await ids('from=2026-03-02T00:00:00Z&to=2026-03-02T10:00:00Z')).toEqual([])
    const first = await list('limit=1')
    expect(await ids(`limit=1&cursor=${first.page.nextCursor}`)).toEqual([deleted.id])
  })

  test('is for those who may read it, and refuses a window that ends before it begins', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const admin = await register(app)
    const employee = await addUser(app, admin.accessToken, 'EMPLOYEE')
    expect((await as(app, employee.accessToken)('GET', '/v1/audit-log')).statusCode).toBe(403)
    const call = as(app, admin.accessToken)
    expect((await call('GET', '/v1/audit-log?from=2026-02-02&to=2026-02-01')).statusCode).toBe(400)
  })

  test('forgets whole months past retention, those that came late included', async ({ db }) => {
    const database = db.open('gateway')
    const app = await startGateway(database)
    const { company } = await register(app)
    await write(database, [
      event(company.id, 'crm.deals.deal.created', { time: '2020-01-01T00:00:00.000Z' }),
      event(company.id, 'crm.deals.deal.created'),
    ])
    await maintainAuditLog(database, null)
    expect(await run(database, countStored, [company.id])).toEqual([{ count: 2 }])
    await maintainAuditLog(database, 24)
    expect(await run(database, countStored, [company.id])).toEqual([{ count: 1 }])
  })
})

test('sessions that ended long ago are forgotten, and the others stay', async ({ db }) => {
  const database = db.open('gateway')
  const app = await startGateway(database)
  const [old, current] = [await register(app), await register(app)]
  await run(database, ageSessions, [old.user.id])
  expect(await pruneSessions(database)).toBe(1)
  expect((await as(app, current.accessToken)('GET', '/v1/auth/me')).statusCode).toBe(200)
})
