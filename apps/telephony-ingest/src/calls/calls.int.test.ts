import { randomUUID } from 'node:crypto'
import { contactCreated, contactDeleted, contactMerged, contactUpdated, customerCreated } from '@dealwire/contracts'
import { runOne, statement, withTx } from '@dealwire/db/client'
import type { AnyEvent } from '@dealwire/messaging'
import { type makeActor, test, waitFor } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { sequences } from '../../test/sequences.ts'
import { startApp, type TestApp, toInput, toldEvents } from '../../test/start-app.ts'
import { projectContacts, projectCustomers } from '../contacts/project-contacts.ts'

type Actor = ReturnType<typeof makeActor>
const CALLS = '/v1/telephony/calls'

async function postCalls(app: TestApp, actor: Actor, ...names: (keyof typeof sequences)[]): Promise<void> {
  const events = names.flatMap((name) =>
    sequences[name].map((event) => ({ ...toInput(event), eventId: `${name}-${event.eventKey}`, callId: name })),
  )
  await app.call(actor, '/v1/telephony/events', { method: 'POST', body: { events } })
}

const contact = (actor: Actor, id: string, version: number, rest: object) =>
  ({
    companyid: actor.companyId,
    aggregateversion: version,
    data: { contact: { id, customerId: null, duplicateOfId: null, ...rest } },
  }) as unknown as AnyEvent

const project = (app: TestApp, type: string, event: AnyEvent) =>
  withTx(app.database, (tx) =>
    (type.includes('.customer.') ? projectCustomers : projectContacts).apply(tx, [{ ...event, type }]),
  )

describe('whose number it is', () => {
  test('a call shows the contact made before it, in its events too, and an earlier call the contact made later', async ({
    db,
    actor,
    stranger,
  }) => {
    const app = startApp(db)
    const id = randomUUID()
    await postCalls(app, actor, 'direct')
    expect((await app.call(actor, CALLS)).body.data).toMatchObject([
      { contactId: null, contactName: null, phone: '+995599000001' },
    ])
    await project(app, contactCreated.type, contact(actor, id, 1, { name: 'Nino', phone: '+995599000001' }))
    await project(
      app,
      contactCreated.type,
      contact(stranger, randomUUID(), 1, { name: 'Somebody', phone: '+995599000001' }),
    )
    const { body: page } = await app.call(actor, `${CALLS}?contactId=${id}`)
    expect(page.data).toMatchObject([{ contactId: id, contactName: 'Nino', version: 1 }])
    await postCalls(app, actor, 'missed')
    const told = await toldEvents(app, actor)
    expect(told.at(-1)?.data.call).toMatchObject({ contactId: id, contactName: 'Nino', phone: '+995599000001' })
  })

  test('names follow the newest version, and a contact goes before a customer', async ({ db, actor }) => {
    const app = startApp(db)
    const [id, customerId] = [randomUUID(), randomUUID()]
    await postCalls(app, actor, 'direct')
    const name = async () => (await app.call(actor, CALLS)).body.data[0].contactName
    const customer = { id: customerId, name: 'Nino Ltd', phone: '+995599000001', duplicateOfId: null }
    await project(app, customerCreated.type, {
      companyid: actor.companyId,
      aggregateversion: 1,
      data: { customer },
    } as unknown as AnyEvent)
    expect(await name()).toBe('Nino Ltd')
    await project(app, contactUpdated.type, contact(actor, id, 2, { name: 'Nino', phone: '+995599000001', customerId }))
    await project(app, contactCreated.type, contact(actor, id, 1, { name: 'Old name', phone: '+995599000001' }))
    expect((await app.call(actor, `${CALLS}?customerId=${customerId}`)).body.data).toMatchObject([
      { contactName: 'Nino', contactId: id, customerId },
    ])
    await project(app, contactDeleted.type, contact(actor, id, 3, { name: 'Nino', phone: '+995599000001' }))
    expect(await name()).toBe('Nino Ltd')
  })

  test('a contact that was merged gives its number up, whichever event comes first', async ({ db, actor }) => {
    const app = startApp(db)
    const [from, into] = [randomUUID(), randomUUID()]
    await postCalls(app, actor, 'direct')
    const reach = { phone: '+995599000001' }
    await project(app, contactCreated.type, contact(actor, from, 1, { name: 'Nino', ...reach }))
    await project(app, contactUpdated.type, contact(actor, into, 2, { name: 'Nino B.', ...reach }))
    await project(app, contactMerged.type, contact(actor, from, 3, { name: 'Nino', ...reach }))
    await project(app, contactUpdated.type, contact(actor, from, 2, { name: 'Nino', ...reach }))
    expect((await app.call(actor, CALLS)).body.data).toMatchObject([{ contactId: into, contactName: 'Nino B.' }])
  })
})

describe('lists', () => {
  const everything = ['direct', 'missed', 'abandoned', 'busyOutbound', 'queued', 'mailbox'] as const

  test('filters combine, windows take days of the company’s time zone, and pages go through all of it once', async ({
    db,
    actor,
  }) => {
    const app = startApp(db)
    await postCalls(app, actor, ...everything)
    const ids = async (query: string) =>
      (await app.call(actor, `${CALLS}?${query}`)).body.data
        .map(({ externalId }: { externalId: string }) => externalId)
        .sort()
    expect(await ids('status=MISSED')).toStrictEqual(['missed'])
    expect(await ids('queue=support&direction=INBOUND')).toStrictEqual(['abandoned', 'queued'])
    expect(await ids('direction=OUTBOUND')).toStrictEqual(['busyOutbound'])
    expect(await ids('phone=599%2000%2000%2001')).toHaveLength(5)
    expect(await ids('phone=anonymous')).toStrictEqual([])
    expect(await ids('from=2026-03-02&to=2026-03-02')).toHaveLength(6)
    expect(await ids('to=2026-03-01')).toStrictEqual([])
    expect(await ids('from=2026-03-02T09:00:00Z&to=2026-03-02T09:00:00Z')).toStrictEqual([])
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await app.call(actor, `${CALLS}?limit=4&count=exact${cursor}`)
      expect(body.page.total).toBe(6)
      seen.push(...body.data.map(({ id }: { id: string }) => id))
      if (body.page.nextCursor === null) break
      cursor = `&cursor=${body.page.nextCursor}`
    }
    expect(new Set(seen).size).toBe(6)
    expect(seen).toHaveLength(6)
  })

  test.for([
    'limit=0',
    'limit=101',
    'status=OVER',
    'unknown=1',
    'from=2026-03-02&to=2026-03-01',
    'cursor=x',
    'agentId=you',
  ])('%s is refused', async (query, { db, actor }) => {
    expect((await startApp(db).call(actor, `${CALLS}?${query}`)).status).toBe(400)
  })

  test('live calls are those that have not ended', async ({ db, actor }) => {
    const app = startApp(db)
    await postCalls(app, actor, 'direct')
    const events = sequences.queued.slice(0, 3).map((event) => ({ ...toInput(event), callId: 'live' }))
    await app.call(actor, '/v1/telephony/events', { method: 'POST', body: { events } })
    const { body } = await app.call(actor, `${CALLS}/live`)
    expect(body.data).toMatchObject([{ externalId: 'live', status: 'QUEUED', endedAt: null, durationSeconds: null }])
    for (const [query, count] of [
      ['status=QUEUED', 1],
      ['status=RINGING', 0],
      ['status=COMPLETED', 1],
    ] as const)
      expect((await app.call(actor, `${CALLS}?${query}`)).body.data).toHaveLength(count)
  })

  test('a list and one call are one statement each', async ({ db, actor }) => {
    const app = startApp(db)
    await postCalls(app, actor, ...everything)
    const { body } = await app.call(actor, CALLS)
    await new Promise((resolve) => setTimeout(resolve, 50)) // the relay's wake-up after the post
    const before = app.database.counters.queries
    await app.call(actor, CALLS)
    await app.call(actor, `${CALLS}/${body.data[0].id}`)
    expect(app.database.counters.queries - before).toBe(2)
  })
})

const updates = statement(
  'test_call_updates',
  `SELECT n_tup_upd::int AS made, n_tup_hot_upd::int AS "inPlace" FROM pg_stat_user_tables WHERE relname = 'calls'`,
)

test('a call that goes on is updated in place: no event but its last writes into the indexes of calls', async ({
  db,
  actor,
}) => {
  const app = startApp(db, { maxConnections: 1 })
  const base = { callId: 'held', direction: 'INBOUND', from: '+995599000001', to: '+995322000000' }
  const types = ['call.started', 'call.ringing', 'call.answered', 'call.held', 'call.resumed']
  for (const [n, type] of types.entries()) {
    const event = { ...base, eventId: `${n}`, type, occurredAt: `2026-03-02T09:00:0${n}Z` }
    await app.call(actor, '/v1/telephony/events', { method: 'POST', body: { events: [event] } })
  }
  // A server tells its figures at most once a second.
  const told = await waitFor('the figures of all updates', async () => {
    const row = await runOne<{ made: number; inPlace: number }>(app.database, updates, [])
    return row?.made === types.length - 1 && row
  })
  expect(told.inPlace).toBe(told.made)
})
