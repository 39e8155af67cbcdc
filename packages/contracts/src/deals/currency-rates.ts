import { z } from 'zod'
import { currency, date, instantOut, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

/** Units of the company's currency for one unit of another, from a day on; NUMERIC(18,8), greater than 0. */
const rate = z
  .union([z.string().max(40), z.number()])
  .meta({ example: '2.7125' })
  .transform((value) => String(value))
  .pipe(
    z.string().regex(/^\d{1,10}(\.\d{1,8})?$/, 'must be a decimal with at most 10 digits before and 8 after the point'),
  )
  .refine((value) => Number(value) > 0, 'must be greater than 0')

export const currencyRate = z.strictObject({
  id: z.uuid(),
  currency,
  rate: z.string(),
  validFrom: date,
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})

export const listCurrencyRatesRoute = defineRoute({
  method: 'GET',
  path: '/v1/currency-rates',
  service: 'deals',
  permission: 'deal:read',
  summary: 'List the rates to the company’s currency, newest first. The newest that is not in the future is in force.',
  query: pageQuery({
    sorts: ['validFrom', 'createdAt'],
    defaultSort: '-validFrom',
    filters: { currency: currency.optional() },
  }),
  responses: { 200: pageOf(currencyRate) },
})

export const createCurrencyRateRoute = defineRoute({
  method: 'POST',
  path: '/v1/currency-rates',
  service: 'deals',
  permission: 'company:manage',
  summary:
    'Add a rate: units of the company’s currency for one unit of `currency`, from `validFrom` (today) on. One for each currency and day, else 409 `currency_rate_exists`.',
  idempotent: true,
  body: z.strictObject({ currency, rate, validFrom: date.optional() }),
  responses: { 201: currencyRate, 409: problem, 422: problem },
})

export const getCurrencyRateRoute = defineRoute({
  method: 'GET',
  path: '/v1/currency-rates/:id',
  service: 'deals',
  permission: 'deal:read',
  summary: 'Get one rate.',
  responses: { 200: currencyRate, 404: problem },
})

export const updateCurrencyRateRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/currency-rates/:id',
  service: 'deals',
  permission: 'company:manage',
  summary: 'Correct a rate. Deals keep the base value they have until value, currency or outcome change.',
  body: z.strictObject({ rate: rate.optional() }),
  responses: { 200: currencyRate, 404: problem, 412: problem },
})

export const deleteCurrencyRateRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/currency-rates/:id',
  service: 'deals',
  permission: 'company:manage',
  summary: 'Remove a rate. Deals keep their base values.',
  responses: { 204: null, 404: problem, 412: problem },
})
