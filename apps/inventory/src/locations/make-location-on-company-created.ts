import type { Tx } from '@dealwire/db/client'
import { ensureDefaultLocation } from './ensure-default-location.ts'

/** A company can keep stock from its first minute. */
export async function makeLocationOnCompanyCreated(tx: Tx, event: { readonly companyid: string }): Promise<void> {
  await ensureDefaultLocation(tx, event.companyid)
}
