import { defaultLocation } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { findDefaultLocation, insertDefaultLocation } from './locations.repository.ts'

/** Makes the location that every company starts with. Callers at once, or an event after a call, end with the same one. */
export async function ensureDefaultLocation(tx: Tx, companyId: string): Promise<{ id: string }> {
  const known = await findDefaultLocation(tx, companyId)
  if (known !== undefined) return known
  await insertDefaultLocation(tx, companyId, { id: newId(), ...defaultLocation })
  // A statement of its own: when another transaction made it meanwhile, only a younger snapshot shows it.
  const made = await findDefaultLocation(tx, companyId)
  if (made === undefined) throw new Error('The default location could be neither made nor found')
  return made
}
