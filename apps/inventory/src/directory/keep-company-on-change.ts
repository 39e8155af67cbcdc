import type { companyCreated, companyUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import type { EventOf } from '@dealwire/messaging'
import { ensureDefaultLocation } from '../locations/ensure-default-location.ts'
import { putCompany } from './directory.repository.ts'

/** A company can keep stock from its first minute, and events know its currency and its clock. */
export async function keepCompanyOnChange(
  tx: Tx,
  event: EventOf<typeof companyCreated | typeof companyUpdated>,
): Promise<void> {
  const { currency, timeZone } = event.data
  await putCompany(tx, event.companyid, { currency, timeZone, version: event.aggregateversion })
  await ensureDefaultLocation(tx, event.companyid)
}
