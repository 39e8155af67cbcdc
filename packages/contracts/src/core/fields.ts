import { z } from 'zod'

/** Postgres text holds no NUL, and a lone surrogate has no UTF-8 form: refused here with a 400, not there with a 500. */
function isStorable(value: string): boolean {
  return !value.includes('\u0000') && value.isWellFormed()
}

const STORABLE = 'must not contain NUL or unpaired surrogates'

/** Trimmed, non-empty text of at most `max` characters. */
export function text(max: number) {
  return z
    .string()
    .max(max * 4)
    .trim()
    .min(1)
    .max(max)
    .refine(isStorable, STORABLE)
}

/** As typed, only trimmed; may be empty. For notes and bodies. */
export function longText(max: number) {
  return z.string().max(max).trim().refine(isStorable, STORABLE)
}

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .meta({ example: 'nino@example.com' })
  .pipe(z.email())
  .refine(isStorable, STORABLE)

export const uuid = z.uuid()

/** Any JSON value. One schema for all uses, so that the documents can refer to it by name. */
export const json = z.json()

/** A day, `YYYY-MM-DD`. There is no year 0 in Postgres. */
export const date = z.iso.date().refine((value) => !value.startsWith('0000'), 'must not be in the year 0')

/** The next day, in any time zone, is still a time of four-digit years: in JavaScript as in Postgres. */
export function isWithinYears(value: string): boolean {
  const year = Number(value.slice(0, 4))
  return year > 1 && year < 9_999
}

export const WITHIN_YEARS = 'must lie between the years 2 and 9998'

/** RFC 3339 in, RFC 3339 UTC with milliseconds out. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine(isWithinYears, WITHIN_YEARS)
  .transform((value) => new Date(value).toISOString())

/** ISO 4217, upper case. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as "GEL"')

function decimal(integerDigits: number, fractionDigits: number, sign: '' | '-?') {
  const pattern = new RegExp(`^${sign}\\d{1,${integerDigits}}(\\.\\d{1,${fractionDigits}})?$`)
  const message = `must be a decimal with at most ${integerDigits} digits before and ${fractionDigits} after the point`
  return z
    .union([z.string().max(40), z.number()])
    .meta({ example: '12.50' })
    .transform((value) => String(value))
    .pipe(z.string().regex(pattern, message))
}

function withFraction(value: string, digits: number): string {
  const [whole = '0', fraction = ''] = value.split('.')
  return `${whole.replace(/^(-?)0+(?=\d)/, '$1')}.${fraction.padEnd(digits, '0')}`
}

/** Money ≥ 0: string or number in, string with 2 decimals out; NUMERIC(14,2). */
export const money = decimal(12, 2, '').transform((value) => withFraction(value, 2))

/** Cost of one unit ≥ 0: string or number in, string with 4 decimals out; NUMERIC(16,4). */
export const unitCost = decimal(12, 4, '').transform((value) => withFraction(value, 4))

const threeDecimals = (value: number) => /^-?\d{1,11}(\.\d{1,3})?$/.test(String(value))

/** A quantity > 0 with at most 3 decimals, a JSON number; NUMERIC(14,3). */
export const quantity = z.number().positive().refine(threeDecimals, 'must have at most 3 decimals')

/** A quantity ≠ 0, negative to take away. */
export const signedQuantity = z
  .number()
  .refine((value) => value !== 0, 'must not be 0')
  .refine(threeDecimals, 'must have at most 3 decimals')

export const percent = z.int().min(0).max(100)

export const tags = z
  .array(text(50))
  .max(50)
  .transform((values) => [...new Set(values)])

// Shapes of answers: what a caller may rely on.
export const moneyOut = z.string().regex(/^-?\d+\.\d{2}$/)
export const unitCostOut = z.string().regex(/^-?\d+\.\d{2,4}$/)
export const quantityOut = z.number()
export const instantOut = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
export const version = z.int().min(1)
