import type { Tx } from '@dealwire/db/client'
import { type Entry, putEntries } from './directory.repository.ts'

/** Nothing new may refer to a customer that was merged. */
export async function forgetMergedCustomer(
  tx: Tx,
  companyId: string,
  customer: Pick<Entry, 'id' | 'name' | 'version'>,
): Promise<void> {
  await putEntries(tx, [{ companyId, kind: 'customer', ...customer, active: false }])
}
