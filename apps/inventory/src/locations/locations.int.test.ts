import { randomUUID } from 'node:crypto'
import { withTx } from '@dealwire/db/client'
import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { clientOf, firstOf, testApp } from '../../test/support.ts'
import { ensureDefaultLocation } from './ensure-default-location.ts'

test('every company has one default location, whoever asks first', async ({ db, actor }) => {
  const database = db.open('inventory', { maxConnections: 10 })
  const client = clientOf(testApp(database), actor)
  const event = () => withTx(database, (tx) => ensureDefaultLocation(tx, actor.companyId))
  await Promise.all([event(), event(), client.must('GET', '/locations'), client.must('GET', '/locations')])
  const { data } = await client.must('GET', '/locations')
  expect(data).toMatchObject([{ key: 'MAIN', isDefault: true, kind: 'WAREHOUSE' }])
})

test('locations are created, changed and deleted; the default one and one with stock stay', async ({ db, actor }) => {
  const client = clientOf(testApp(db.open('inventory')), actor)
  const van = await client.must('POST', '/locations', { key: 'VAN-1', name: 'Van', kind: 'VEHICLE' })
  expect((await client.call('POST', '/locations', { key: 'VAN-1', name: 'Van' })).body.code).toBe('duplicate_key')
  expect((await client.call('POST', '/locations', { key: 'MAIN', name: 'Mine' })).body.code).toBe('duplicate_key')
  expect((await client.call('POST', '/locations', { key: 'no spaces', name: 'x' })).status).toBe(400)
  expect(await client.must('PATCH', `/locations/${van.id}`, { name: 'Big van' })).toMatchObject({
    name: 'Big van',
    version: 2,
  })

  const productId = await client.product()
  await client.receive(productId, 1, '1', van.id)
  expect((await client.call('DELETE', `/locations/${van.id}`)).body.code).toBe('location_has_stock')
  await client.deduct({ productId, quantity: 1, locationId: van.id })
  expect((await client.call('DELETE', `/locations/${van.id}`)).status).toBe(204)
  expect((await client.deduct({ productId, quantity: 1, locationId: van.id })).status).toBe(404)
  const main = firstOf((await client.must('GET', '/locations')).data)
  expect((await client.call('DELETE', `/locations/${main.id}`)).body.code).toBe('default_location')
  expect((await client.call('GET', `/locations/${randomUUID()}`)).status).toBe(404)
})
