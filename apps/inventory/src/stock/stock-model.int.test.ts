import { test } from '@dealwire/testing'
import fc from 'fast-check'
import { expect } from 'vitest'
import { move } from '../../test/moves.ts'
import { type Move, Oracle } from '../../test/oracle.ts'
import { type Client, clientOf, testApp } from '../../test/support.ts'
import { moneyText, quantityNumber, unitCostText } from './exact.ts'

const PRODUCTS = 3
type Step = { readonly product: number; readonly move: Move }
const steps = fc.array(fc.record({ product: fc.nat({ max: PRODUCTS - 1 }), move }), { minLength: 10, maxLength: 40 })

/** Through the API. The change of value as the answer tells it, or undefined when the move was refused. */
async function apply(client: Client, productId: string, one: Move): Promise<string | undefined> {
  const quantity = quantityNumber(one.quantity)
  if (one.kind === 'consume') {
    const answer = await client.deduct({ productId, quantity })
    return answer.status === 409 ? undefined : `-${answer.body.totalCost}`.replace('-0.00', '0.00')
  }
  const unitCost = one.kind === 'receive' ? unitCostText(one.unitCost) : undefined
  const signed = one.kind === 'lose' ? -quantity : quantity
  const answer = await client.call('POST', '/adjustments', { lines: [{ productId, quantity: signed, unitCost }] })
  if (answer.status !== 409) expect(answer.status).toBe(201)
  return answer.status === 409 ? undefined : answer.body.totalValue
}

test('whatever sequence of receipts, deductions and corrections: stock is what an exact reckoning says', async ({
  db,
  actor,
}) => {
  const client = clientOf(testApp(db.open('inventory')), actor)
  await fc.assert(
    fc.asyncProperty(steps, async (sequence: Step[]) => {
      const products = await Promise.all(Array.from({ length: PRODUCTS }, () => client.product()))
      const oracles = products.map(() => new Oracle())
      for (const step of sequence) {
        const oracle = oracles[step.product] ?? new Oracle()
        const expected = oracle.apply(step.move)
        const change = await apply(client, products[step.product] ?? '', step.move)
        expect(change).toBe(expected === undefined ? undefined : moneyText(expected))
      }
      for (const [index, productId] of products.entries())
        await compare(client, productId, oracles[index] ?? new Oracle())
      await client.auditIsClean()
    }),
    { numRuns: 12 },
  )
}, 120_000)

async function compare(client: Client, productId: string, oracle: Oracle): Promise<void> {
  const stock = await client.must('GET', `/stock?productId=${productId}`)
  const [level = { onHand: 0, value: '0.00' }] = stock.data
  expect([level.onHand, level.value]).toEqual([quantityNumber(oracle.onHand), moneyText(oracle.value)])
  const batches = await client.must('GET', `/batches?productId=${productId}&open=true&limit=100`)
  expect(
    batches.data.map((batch: { remainingQuantity: number; unitCost: string }) => [
      batch.remainingQuantity,
      batch.unitCost,
    ]),
  ).toEqual(oracle.open.map((layer) => [quantityNumber(layer.quantity), unitCostText(layer.unitCost)]))
}
