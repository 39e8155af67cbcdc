import { type AnswerOf, type auditStockRoute, invariantNames } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { countViolations } from './stock-audit.repository.ts'

const PRODUCTS_AT_ONCE = 200
const FIRST = '00000000-0000-0000-0000-000000000000'

/** How many products at locations break each of the invariants; none should. */
export async function auditStock(
  db: Executor,
  { companyId }: { readonly companyId: string },
): Promise<AnswerOf<typeof auditStockRoute, 200>> {
  const invariants = invariantNames.map((name) => ({ name, checked: 0, violations: 0 }))
  for (let after: string | null = FIRST; after !== null; ) {
    const counts = await countViolations(db, companyId, after, PRODUCTS_AT_ONCE)
    if (counts === undefined) throw new Error('The audit answered no row')
    for (const invariant of invariants) {
      invariant.checked += counts.checked
      invariant.violations += counts[invariant.name]
    }
    after = counts.last_product_id
  }
  return { ok: invariants.every(({ violations }) => violations === 0), invariants }
}
