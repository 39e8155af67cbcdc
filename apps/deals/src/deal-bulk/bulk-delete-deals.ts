import {
  type Actor,
  type BodyOf,
  type bulkDeleteDealsRoute,
  type DealBulkAnswer,
  type DealBulkResult,
  dealDeleted,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import { bulkAnswer, refusalOf } from './bulk.ts'
import { deleteDealRows, lockDealsForChange } from './deal-bulk.repository.ts'

type Input = BodyOf<typeof bulkDeleteDealsRoute>

/** Deletes what the caller may delete of many deals, as a set. */
export async function bulkDeleteDeals(tx: Tx, actor: Actor, { ids, atomic }: Input): Promise<DealBulkAnswer> {
  const { deals } = await lockDealsForChange(tx, actor, { ids })
  const results = ids.map((id): DealBulkResult => {
    const deal = deals.get(id)
    const refusal = refusalOf(actor, deal)
    return { id, ...(refusal ?? { status: 'ok', version: (deal?.version ?? 0) + 1 }) }
  })
  const answer = bulkAnswer(results, atomic)

  const allowed = results.filter(({ status }) => status === 'ok').map(({ id }) => id)
  for (const deal of await deleteDealRows(tx, actor.companyId, allowed)) append(tx, actor, dealDeleted, deal, { deal })
  return answer
}
