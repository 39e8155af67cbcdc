// Exact numbers as integers: a quantity in thousandths, a unit cost in ten-thousandths, money in cents.

const QUANTITY_DIGITS = 3
const UNIT_COST_DIGITS = 4
const MONEY_DIGITS = 2

export const quantityOf = (value: string | number) => parse(value, QUANTITY_DIGITS)
export const unitCostOf = (value: string | number) => parse(value, UNIT_COST_DIGITS)
export const moneyOf = (value: string | number) => parse(value, MONEY_DIGITS)

export const quantityText = (quantity: bigint) => format(quantity, QUANTITY_DIGITS)
export const unitCostText = (unitCost: bigint) => format(unitCost, UNIT_COST_DIGITS)
export const moneyText = (money: bigint) => format(money, MONEY_DIGITS)
/** As JSON has it: a number that reads the same. */
export const quantityNumber = (quantity: bigint) => Number(quantityText(quantity))

/** `quantity` units at `unitCost`, rounded half up to the cent. */
export function worthOf(quantity: bigint, unitCost: bigint): bigint {
  return divideHalfUp(quantity * unitCost, 10n ** 5n)
}

/** What one unit costs when `quantity` units are worth `value`. */
export function costPerUnit(value: bigint, quantity: bigint): bigint {
  return divideHalfUp(value * 10n ** 5n, quantity)
}

/** `Math.min` knows no bigint. */
export function lesser(a: bigint, b: bigint): bigint {
  if (a < b) return a
  return b
}

/** For a dividend ≥ 0 and a divisor > 0. */
function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor)
}

function parse(value: string | number, digits: number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value))
  const fraction = match?.[3] ?? ''
  if (match === null || fraction.length > digits)
    throw new Error(`'${value}' is not a decimal with at most ${digits} decimals`)
  const magnitude = BigInt(`${match[2]}${fraction.padEnd(digits, '0')}`)
  return match[1] === '-' ? -magnitude : magnitude
}

function format(value: bigint, digits: number): string {
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0')
  return `${value < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}
