import type { Actor, BodyOf, createCurrencyRateRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { newId } from '@dealwire/messaging'
import { insertRate, type Rate } from './rates.repository.ts'

export async function createRate(
  tx: Tx,
  actor: Actor,
  { currency, rate, validFrom }: BodyOf<typeof createCurrencyRateRoute>,
): Promise<Rate> {
  if (currency === actor.company.currency) {
    throw new AppError('conflict', 'currency_is_base', `${currency} is the company’s own currency; its rate is 1.`)
  }
  const made = await insertRate(tx, actor.companyId, { id: newId(), currency, rate, validFrom })
  if (made !== undefined) return made
  throw new AppError(
    'conflict',
    'currency_rate_exists',
    `A rate for ${currency} from ${validFrom ?? 'today'} on already exists; change that one.`,
  )
}
