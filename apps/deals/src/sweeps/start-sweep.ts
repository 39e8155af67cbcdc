import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import type { SweepWork } from './sweep.ts'
import { insertSweep } from './sweeps.repository.ts'

/** Has the work done once the transaction has committed; a stopped process loses nothing of it. */
export async function startSweep(
  tx: Tx,
  companyId: string,
  { afterSeconds = 0, ...work }: SweepWork & { readonly afterSeconds?: number },
): Promise<void> {
  await insertSweep(tx, companyId, { id: newId(), ...work, afterSeconds })
}
