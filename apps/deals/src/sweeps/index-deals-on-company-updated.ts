import type { companyUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import type { EventOf } from '@dealwire/messaging'
import { startSweep } from './start-sweep.ts'

/** Deals that were written before are found by words of the company's new language as well. */
export async function indexDealsOnCompanyUpdated(tx: Tx, event: EventOf<typeof companyUpdated>): Promise<void> {
  const { searchLanguage: language, after } = event.data
  if (!('searchLanguage' in after)) return
  await startSweep(tx, event.companyid, { kind: 'index-deals', argument: { language } })
}
