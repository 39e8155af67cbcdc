import { type AnswerOf, type auditStockRoute, invariantNames } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { countViolations } from './stock-audit.repository.ts'

/** How many products at locations break each of the invariants; none should. */
export async function auditStock(
  db: Executor,
  { companyId }: { readonly companyId: string },
): Promise<AnswerOf<typeof auditStockRoute, 200>> {
  const counts = await countViolations(db, companyId)
  if (counts === undefined) throw new Error('The audit answered no row')
  const invariants = invariantNames.map((name) => ({ name, checked: counts.checked, violations: counts[name] }))
  return { ok: invariants.every(({ violations }) => violations === 0), invariants }
}
