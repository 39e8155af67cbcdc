import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp, toldEvents } from '../../test/start-app.ts'

test('whoever judges queues is told of their settings, and of nothing that is the same', async ({ db, actor }) => {
  const app = startApp(db)
  const path = '/v1/telephony/queues'
  const { body: made } = await app.call(actor, path, { method: 'POST', body: { key: 'vip', name: 'VIP' } })
  expect(made).toMatchObject({ slaThresholdSeconds: 20, callbackDueMinutes: 60 })
  await app.call(actor, path, { method: 'POST', body: { key: 'rest', name: 'Everybody' } })
  const found = async (q: string) => (await app.call(actor, `${path}?q=${q}`)).body.data
  expect([await found('vIp'), await found('%25')]).toMatchObject([[{ key: 'vip' }], []])
  const changes = { slaThresholdSeconds: 10, callbackDueMinutes: 15 }
  for (let times = 0; times < 2; times++)
    await app.call(actor, `${path}/${made.id}`, { method: 'PATCH', body: changes })
  await app.call(actor, `${path}/${made.id}`, { method: 'DELETE' })
  const told = (await toldEvents(app, actor))
    .filter(({ data }) => data.queue.key === 'vip')
    .map(({ type, version, data }) => [type, version, data.queue.slaThresholdSeconds])
  expect(told).toStrictEqual([
    ['crm.telephony.queue.created', 1, 20],
    ['crm.telephony.queue.updated', 2, 10],
    ['crm.telephony.queue.deleted', 3, 10],
  ])
})
