import { randomUUID } from 'node:crypto'
import { companyCreated, userCreated, userDeactivated, userUpdated } from '@dealwire/contracts'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp } from '../../test/start-app.ts'
import { tell } from '../../test/tell.ts'

const nino = {
  userId: randomUUID(),
  name: 'Nino',
  email: 'nino@example.ge',
  role: 'EMPLOYEE',
  active: true,
  teamId: null,
}

test('a user that identity tells of can be assigned to and is named, also when the events come late or in disorder', async ({
  db,
  actor,
}) => {
  const app = startApp(db)
  await tell(app, actor, userUpdated, 2, { ...nino, name: 'Nino B.', before: {}, after: {} })
  await tell(app, actor, userCreated, 1, nino)
  const deal = await app.create(actor, '/v1/deals', { title: 'Roof', assignedToId: nino.userId })
  expect(deal.assignedToName).toBe('Nino B.')

  await tell(app, actor, userDeactivated, 3, { userId: nino.userId, name: 'Nino B.' })
  await tell(app, actor, userUpdated, 2, { ...nino, name: 'Nino B.', before: {}, after: {} })
  const path = `/v1/deals/${deal.id}`
  const renamed = await app.call(actor, path, { method: 'PATCH', body: { title: 'Big roof' } })
  expect(renamed).toMatchObject({ status: 200, body: { assignedToId: nino.userId, assignedToName: 'Nino B.' } })
  const another = await app.call(actor, '/v1/deals', {
    method: 'POST',
    body: { title: 'x', assignedToId: nino.userId },
  })
  expect(another).toMatchObject({ status: 404, body: { detail: `No user with id '${nino.userId}'.` } })
})

test('a user who is assigned to before the event has arrived is waited for', async ({ db, actor }) => {
  const app = startApp(db)
  const creating = app.call(actor, '/v1/deals', { method: 'POST', body: { title: 'Roof', assignedToId: nino.userId } })
  await tell(app, actor, userCreated, 1, nino)
  expect(await creating).toMatchObject({ status: 201, body: { assignedToName: 'Nino' } })
})

test('a user of another company is nobody here', async ({ db, actor, stranger }) => {
  const app = startApp(db)
  await tell(app, stranger, userCreated, 1, nino)
  const refused = await app.call(actor, '/v1/deals', {
    method: 'POST',
    body: { title: 'x', assignedToId: nino.userId },
  })
  expect(refused).toMatchObject({ status: 404 })
})

test('a new company gets one default pipeline, whether the event or a call comes first', async ({ db, actor }) => {
  const app = startApp(db)
  const settings = {
    name: 'ACME',
    currency: 'GEL',
    timeZone: 'Asia/Tbilisi',
    defaultRegion: 'GE',
    searchLanguage: 'simple',
  }
  await Promise.all([
    tell(app, actor, companyCreated, 1, settings),
    app.create(actor, '/v1/deals', { title: 'Roof' }),
    tell(app, actor, companyCreated, 1, settings),
  ])
  expect((await app.call(actor, '/v1/pipelines')).body.data).toHaveLength(1)
  const { rows } = await app.database.pool.query(
    `SELECT data FROM event_log WHERE company_id = $1 AND type = 'crm.deals.pipeline.created'`,
    [actor.companyId],
  )
  expect(rows).toMatchObject([{ data: { pipeline: { name: 'Sales', isDefault: true } } }])
})
