import type { Picking } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { updatePickOrder } from './picking.repository.ts'

/** Puts the open layers of a product into the order of its new picking. Waits for whoever is taking from them. */
export async function repickLayers(tx: Tx, companyId: string, productId: string, picking: Picking): Promise<void> {
  await updatePickOrder(tx, companyId, productId, picking)
}
