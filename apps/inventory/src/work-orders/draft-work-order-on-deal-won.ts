import { defaultCompanySettings, defineEvent, eventAuthor, quantity } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import type { EventOf } from '@dealwire/messaging'
import { z } from 'zod'
import { getCompany } from '../directory/get-company.ts'
import { getSettings } from '../settings/get-settings.ts'
import { draftWonDeal } from './draft-won-deal.ts'

const MAX_LINES = 100

/** What inventory reads of a deal that was won: nothing else of it can break this. */
export const dealWonForStock = defineEvent(
  'crm.deals.deal.won',
  'A deal entered a WON stage.',
  z.looseObject({
    deal: z.looseObject({
      id: z.uuid(),
      title: z.string(),
      customerId: z.uuid().nullish(),
      createdById: z.uuid().nullish(),
    }),
    lineItems: z.array(z.looseObject({ productId: z.uuid().nullish(), quantity: z.number() })).nullish(),
  }),
)

/** Drafts the work order of a won deal, where the company wants that. The events it makes carry the deal's correlation id. */
export async function draftWorkOrderOnDealWon(tx: Tx, event: EventOf<typeof dealWonForStock>): Promise<void> {
  const lines = (event.data.lineItems ?? [])
    .flatMap((item) =>
      typeof item.productId === 'string' ? [{ productId: item.productId, quantity: item.quantity }] : [],
    )
    .filter((line) => quantity.safeParse(line.quantity).success)
    .slice(0, MAX_LINES)
  if (lines.length === 0) return
  const { wonDealDraftsWorkOrder } = await getSettings(tx, event.companyid)
  if (!wonDealDraftsWorkOrder) return

  const { timeZone } = (await getCompany(tx, event.companyid)) ?? defaultCompanySettings
  const { id, title, customerId = null, createdById = null } = event.data.deal
  await draftWonDeal(tx, eventAuthor(event), timeZone, { id, title, customerId, createdById, lines })
}
