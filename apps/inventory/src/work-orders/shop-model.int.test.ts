import { test } from '@dealwire/testing'
import fc from 'fast-check'
import { expect } from 'vitest'
import { type Command, command, Shop } from '../../test/shop.ts'
import { type Client, clientOf, testApp } from '../../test/support.ts'
import { moneyText, quantityNumber, unitCostText } from '../stock/exact.ts'

type Room = {
  readonly client: Client
  readonly productId: string
  readonly places: readonly [string, string]
  readonly orders: readonly [string, string]
  readonly reservations: string[]
}

test('whatever is received, reserved, moved, used and returned in whatever order: stock is what an exact reckoning says', async ({
  db,
  actor,
}) => {
  const client = clientOf(testApp(db.open('inventory')), actor)
  const main = (await client.must('POST', '/locations', { key: 'A', name: 'A' })).id
  const van = (await client.must('POST', '/locations', { key: 'B', name: 'B' })).id
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 35 }), async (commands) => {
      const room = await openRoom(client, [main, van])
      const shop = new Shop()
      for (const one of commands) {
        const isAllowed = shop.apply(one)
        expect([one, await perform(room, one)]).toEqual([one, isAllowed])
      }
      for (const place of [0, 1]) await compare(room, shop, place)
      await client.auditIsClean()
    }),
    { numRuns: 15 },
  )
}, 180_000)

async function openRoom(client: Client, places: [string, string]): Promise<Room> {
  const orders = []
  for (const title of ['first', 'second']) {
    const { id } = await client.must('POST', '/work-orders', { title })
    await client.must('POST', `/work-orders/${id}/start`)
    orders.push(id)
  }
  const [first = '', second = ''] = orders
  return { client, productId: await client.product(), places, orders: [first, second], reservations: [] }
}

/** Through the API; whether it was allowed. */
async function perform(room: Room, one: Command): Promise<boolean> {
  const { path, body } = requestOf(room, one)
  const answer = await room.client.call('POST', path, body)
  if (![200, 201, 404, 409].includes(answer.status)) throw new Error(JSON.stringify(answer.body))
  if (answer.status === 201 && one.kind === 'reserve') room.reservations.push(answer.body.id)
  return answer.status < 300
}

function requestOf({ productId, places, orders, reservations }: Room, one: Command): { path: string; body?: object } {
  const line = (fields: object) => ({ lines: [{ productId, ...fields }] })
  const quantity = 'quantity' in one ? quantityNumber(one.quantity) : 0
  const locationId = 'place' in one ? places[one.place] : places[0]
  const order = 'order' in one ? `/work-orders/${orders[one.order]}` : ''
  switch (one.kind) {
    case 'receive':
      return { path: '/adjustments', body: line({ quantity, locationId, unitCost: unitCostText(one.unitCost) }) }
    case 'consume':
      return { path: '/deductions', body: line({ quantity, locationId }) }
    case 'transfer':
      return {
        path: '/transfers',
        body: line({ quantity, fromLocationId: locationId, toLocationId: places[1 - one.place] }),
      }
    case 'reserve':
      return { path: '/reservations', body: line({ quantity, locationId }) }
    case 'release':
      return { path: `/reservations/${reservations[one.index] ?? productId}/release` }
    case 'plan':
      return { path: `${order}/products`, body: line({ quantity, locationId }) }
    case 'approve':
      return { path: `${order}/approve` }
    case 'giveBack':
      return { path: `${order}/return`, body: line({ quantity }) }
  }
}

async function compare({ client, productId, places }: Room, shop: Shop, place: number): Promise<void> {
  const query = `productId=${productId}&locationId=${places[place]}`
  const [level] = (await client.must('GET', `/stock?${query}`)).data
  expect(level ?? { onHand: 0, reserved: 0, value: '0.00' }).toMatchObject({
    onHand: quantityNumber(shop.onHand(place)),
    reserved: quantityNumber(shop.places[place]?.reserved ?? 0n),
    value: moneyText(shop.value(place)),
  })
  const { data } = await client.must('GET', `/batches?${query}&open=true&limit=100`)
  expect(data.map((batch) => [batch.remainingQuantity, batch.unitCost])).toEqual(
    shop.open(place).map((layer) => [quantityNumber(layer.quantity), unitCostText(layer.unitCost)]),
  )
}
