import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { findRate } from './currency-rates.repository.ts'
import type { Price } from './deals.repository.ts'

/** The rate in force today from the deal's currency to the company's. */
export async function priceOf(db: Executor, actor: Actor, currency: string): Promise<Price> {
  const baseCurrency = actor.company.currency
  if (currency === baseCurrency) return { baseCurrency, rate: '1' }
  const rate = await findRate(db, actor.companyId, currency)
  if (rate !== undefined) return { baseCurrency, rate }
  throw new AppError(
    'conflict',
    'currency_rate_missing',
    `There is no rate from ${currency} to ${baseCurrency}; add one under /v1/currency-rates.`,
  )
}
