import type { Actor, BodyOf, createSalesPlanRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { priceOf } from '../deals/price-of.ts'
import type { Targets } from './sales-plans.repository.ts'

type Given = BodyOf<typeof createSalesPlanRoute>['targets']

/** Targets as they are stored, the revenue at the rate in force now. */
export async function targetsOf(tx: Tx, actor: Actor, given: Given): Promise<Targets> {
  const wonDeals = given.find((target) => target.metric === 'count')?.value ?? null
  const revenue = given.find((target) => target.metric === 'revenue')
  if (revenue === undefined) return { revenue: null, revenueCurrency: null, rate: null, baseCurrency: null, wonDeals }
  const revenueCurrency = revenue.currency ?? actor.company.currency
  return { revenue: revenue.value, revenueCurrency, ...(await priceOf(tx, actor, revenueCurrency)), wonDeals }
}
