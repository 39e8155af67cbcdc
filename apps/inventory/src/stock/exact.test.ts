import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  costPerUnit,
  moneyOf,
  moneyText,
  quantityNumber,
  quantityOf,
  quantityText,
  unitCostOf,
  worthOf,
} from './exact.ts'

test('what is written reads the same', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 14n), 10n ** 14n), (value) => {
      expect(moneyOf(moneyText(value))).toBe(value)
      expect(quantityOf(quantityText(value))).toBe(value)
      expect(quantityOf(quantityNumber(value))).toBe(value)
    }),
  )
})

test('values are rounded half up to the cent', () => {
  expect(moneyText(worthOf(quantityOf(1), unitCostOf('0.005')))).toBe('0.01')
  expect(moneyText(worthOf(quantityOf(1), unitCostOf('0.0049')))).toBe('0.00')
  expect(moneyText(worthOf(quantityOf('0.333'), unitCostOf('3')))).toBe('1.00')
  expect(costPerUnit(moneyOf('1.00'), quantityOf(3))).toBe(unitCostOf('0.3333'))
})

test.for(['1.2345', '', 'x', '1e3', '--1', '1.'])("'%s' is not a quantity", (text) => {
  expect(() => quantityOf(text)).toThrow('is not a decimal')
})
