import { test } from '@dealwire/testing'
import { expect } from 'vitest'
import { startApp } from '../../test/start-app.ts'

const RATES = '/v1/currency-rates'

test('a rate prices what is written after it; a correction leaves what was priced', async ({ db, actor }) => {
  const { call, create } = startApp(db)
  const missing = await call(actor, '/v1/deals', { method: 'POST', body: { title: 'Roof', currency: 'USD' } })
  expect(missing).toMatchObject({ status: 409, body: { code: 'currency_rate_missing' } })
  const rate = await create(actor, RATES, { currency: 'USD', rate: 2.7 })
  expect(rate).toMatchObject({ currency: 'USD', rate: '2.7', version: 1 })
  await create(actor, RATES, { currency: 'USD', rate: '9', validFrom: '2999-01-01' })
  const deal = await create(actor, '/v1/deals', { title: 'Roof', currency: 'USD', value: '100' })
  expect(deal).toMatchObject({ baseValue: '270.00', baseCurrency: 'GEL' })

  const changed = await call(actor, `${RATES}/${rate.id}`, { method: 'PATCH', body: { rate: '3' } })
  expect(changed).toMatchObject({ status: 200, body: { rate: '3', version: 2 }, headers: { etag: '"2"' } })
  expect((await call(actor, `/v1/deals/${deal.id}`)).body.baseValue).toBe('270.00')
  const won = await call(actor, `/v1/deals/${deal.id}`, { method: 'PATCH', body: { stage: 'CLOSED_WON' } })
  expect(won.body.baseValue).toBe('300.00')
})

test('one rate for a currency and day; none for the own currency; nonsense and strangers are refused', async ({
  db,
  actor,
  stranger,
}) => {
  const { call, create } = startApp(db)
  const post = (body: object) => call(actor, RATES, { method: 'POST', body })
  const rate = await create(actor, RATES, { currency: 'EUR', rate: '3', validFrom: '2026-01-01' })
  expect(await post({ currency: 'EUR', rate: '3.1', validFrom: '2026-01-01' })).toMatchObject({
    status: 409,
    body: { code: 'currency_rate_exists' },
  })
  expect(await post({ currency: 'GEL', rate: '1' })).toMatchObject({ status: 409 })
  for (const bad of ['0', '-1', 'x', 1e-9]) {
    expect(await post({ currency: 'USD', rate: bad })).toMatchObject({ status: 400 })
  }
  const path = `${RATES}/${rate.id}`
  expect(await call(stranger, path)).toMatchObject({ status: 404 })
  expect(await call(stranger, path, { method: 'PATCH', body: { rate: '1' } })).toMatchObject({ status: 404 })
  expect(await call(actor, path, { method: 'DELETE', headers: { 'if-match': '"7"' } })).toMatchObject({ status: 412 })
  expect((await call(actor, `${RATES}?currency=EUR`)).body.data).toEqual([rate])
  expect(await call(actor, path, { method: 'DELETE' })).toMatchObject({ status: 204 })
  expect(await call(actor, path)).toMatchObject({ status: 404 })
})
