import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, notFound } from '@dealwire/errors'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import { ensureUnlocked } from '../deals/deal.ts'
import { lockDeal } from '../deals/stored-deal.ts'
import { updateDeal } from '../deals/update-deal.ts'
import { sumLineItems } from './line-items.repository.ts'

/** Whether the sum of the items becomes the deal's value. */
export type Effect = { readonly updateValue: boolean }

const MOST_WHOLE_DIGITS = 12

/** Changes the items of a deal under its row lock: two changes at once follow one another, and a submitted deal has none. */
export async function changeLineItems<T>(
  tx: Tx,
  actor: Actor,
  { dealId, updateValue }: Effect & { readonly dealId: string },
  change: () => Promise<T>,
): Promise<T> {
  const deal = await lockDeal(tx, actor.companyId, dealId)
  if (deal === undefined) throw notFound('deal', dealId)
  ensureMayChange(actor, deal)
  ensureUnlocked(deal)
  const done = await change()
  if (updateValue) await takeValue(tx, actor, dealId)
  return done
}

async function takeValue(tx: Tx, actor: Actor, dealId: string): Promise<void> {
  const { total: value } = await sumLineItems(tx, actor.companyId, dealId)
  if (value.indexOf('.') > MOST_WHOLE_DIGITS) {
    throw new AppError(
      'invalid',
      'validation_failed',
      `The line items add up to ${value}, which is more than the value of a deal may be.`,
    )
  }
  await updateDeal(tx, actor, { id: dealId, ifMatch: undefined, changes: { value } })
}
