import { randomUUID } from 'node:crypto'
import { withTx } from '@dealwire/db/client'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { basic, connect, countRows, startApp } from '../../test/start-app.ts'
import { putDirectoryEntries } from '../contacts/contacts.repository.ts'

test('a PBX learns who may be calling, of its own company and with its own credentials, and nothing is stored for it', async ({
  db,
  actor,
  stranger,
}) => {
  const app = startApp(db)
  const own = await connect(app, actor, 'threecx')
  const others = await connect(app, stranger, 'threecx')
  const entry = {
    company_id: actor.companyId,
    kind: 'contact',
    id: randomUUID(),
    name: 'Nino',
    customer_id: null,
    e164: '+995599000001',
    is_duplicate: false,
    version: 1,
    is_deleted: false,
  } as const
  await withTx(app.database, (tx) => putDirectoryEntries(tx, [entry]))
  const ask = async (connection: typeof own, number: string, headers = basic(connection.id, connection.secret)) => {
    const { status, body } = await app.webhookText(`${connection.path}?number=${number}`, '', headers, 'GET')
    return { status, body: JSON.parse(body) }
  }
  const nino = { entityType: 'contact', entityId: entry.id, name: 'Nino', phone: '+995599000001' }
  expect(await ask(own, '599000001')).toStrictEqual({ status: 200, body: { contacts: [nino] } })
  expect(await ask(own, '%2B995599000001')).toMatchObject({ body: { contacts: [nino] } })
  for (const number of ['anonymous', '101', '0322999999']) {
    expect(await ask(own, number)).toStrictEqual({ status: 200, body: { contacts: [] } })
  }
  expect(await ask(others, '599000001')).toMatchObject({ body: { contacts: [] } })
  expect(await ask(own, '599000001', basic(own.id, others.secret))).toMatchObject({ status: 401 })
  expect(await countRows(app, actor)).toMatchObject({ events: 0, letters: 0 })

  // A report that is sent by GET is a report all the same.
  const report = new URLSearchParams({
    CallType: 'Missed',
    Number: '+995599000001',
    Agent: '101',
    CallStartTimeUTC: '2026-03-05T06:00:00Z',
  })
  await app.webhookText(`${own.path}?${report}`, '', basic(own.id, own.secret), 'GET')
  expect(await countRows(app, actor)).toMatchObject({ calls: 1 })
})
