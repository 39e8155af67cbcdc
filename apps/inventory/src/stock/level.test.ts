import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { move } from '../../test/moves.ts'
import { type Move, Oracle } from '../../test/oracle.ts'
import { moneyText, quantityOf, unitCostOf } from './exact.ts'
import { available, consume, currentUnitCost, type Level, receive } from './level.ts'

let ids = 0
const newId = () => String(ids++)

function emptyLevel(): Level {
  const figures = { onHand: 0n, reserved: 0n, value: 0n, seq: 0 }
  const names = { productId: 'p', locationId: 'l', sku: 's', productName: 'n', category: null }
  const rules = { picking: 'FIFO', reorderLevel: null, reorderQuantity: null, productAvailable: 0n } as const
  return { ...names, ...rules, before: figures, ...figures, layers: [], newLayers: [], entries: [], lastUnitCost: null }
}

/** The change of value, or undefined when it is refused. */
function apply(level: Level, one: Move): bigint | undefined {
  const before = level.value
  if (one.kind === 'consume' || one.kind === 'lose') {
    if (one.quantity > available(level)) return undefined
    consume(level, one.quantity, null, newId)
  } else {
    const latest = level.newLayers.at(-1)?.unitCost ?? 0n
    const found = level.onHand === 0n ? latest : currentUnitCost(level)
    receive(level, { quantity: one.quantity, unitCost: one.kind === 'receive' ? one.unitCost : found }, newId)
  }
  return level.value - before
}

describe('a level', () => {
  test('holds what an exact reckoning holds, whatever happens to it', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        const [level, oracle] = [emptyLevel(), new Oracle()]
        for (const one of moves) {
          expect(apply(level, one)).toBe(oracle.apply(one))
          expect([level.onHand, level.value]).toEqual([oracle.onHand, oracle.value])
        }
        const open = level.layers.filter((layer) => layer.remaining > 0n)
        expect(open.map((layer) => [layer.remaining, layer.unitCost])).toEqual(
          oracle.open.map((layer) => [layer.quantity, layer.unitCost]),
        )
        expect(level.entries.reduce((sum, entry) => sum + entry.value, 0n)).toBe(level.value)
        expect(level.entries.map((entry) => entry.seq)).toEqual(level.entries.map((_, index) => index + 1))
      }),
      { numRuns: 500 },
    )
  })

  test('that is emptied bit by bit is worth nothing at its end, and has cost what it was worth', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 30n), fc.bigInt(0n, 99_999n), (units, unitCost) => {
        const level = emptyLevel()
        receive(level, { quantity: units * 1_000n, unitCost }, newId)
        const worth = level.value
        for (let unit = 0n; unit < units; unit++) consume(level, 1_000n, null, newId)
        const cost = level.entries.slice(1).reduce((sum, entry) => sum - entry.value, 0n)
        expect([level.onHand, level.value, cost]).toEqual([0n, 0n, worth])
        expect(level.entries.slice(1).every((entry) => entry.value <= 0n)).toBe(true)
      }),
    )
  })

  test('of thousandths at ten-thousandths costs over 10,000 takings what came in, to the cent, and ends at nothing', () => {
    const takings = fc.array(fc.bigInt(1n, 999n), { minLength: 10_000, maxLength: 10_000 })
    fc.assert(
      fc.property(takings, fc.array(fc.bigInt(0n, 99_999n), { minLength: 5, maxLength: 50 }), (quantities, costs) => {
        const level = emptyLevel()
        const total = quantities.reduce((sum, quantity) => sum + quantity, 0n)
        const share = total / BigInt(costs.length)
        costs.forEach((unitCost, index) => {
          receive(level, { quantity: index === 0 ? total - share * BigInt(costs.length - 1) : share, unitCost }, newId)
        })
        const worth = level.value
        for (const quantity of quantities) consume(level, quantity, null, newId)
        const cost = level.entries.slice(costs.length).reduce((sum, entry) => sum - entry.value, 0n)
        expect([level.onHand, level.value, cost]).toEqual([0n, 0n, worth])
      }),
      { numRuns: 5 },
    )
  })

  test('gives the costs of the worked example', () => {
    const level = emptyLevel()
    receive(level, { quantity: quantityOf(8), unitCost: unitCostOf('10') }, newId)
    receive(level, { quantity: quantityOf(4), unitCost: unitCostOf('16') }, newId)
    consume(level, quantityOf(10), null, newId)
    expect(moneyText(level.value)).toBe('32.00')
    receive(level, { quantity: quantityOf(2), unitCost: unitCostOf('6') }, newId)
    expect(moneyText(level.value)).toBe('44.00')
  })
})
