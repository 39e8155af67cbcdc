import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import type { SweepWork } from './sweep.ts'
import { deleteWaitingSweeps, insertSweep } from './sweeps.repository.ts'

/** Has the work done once the transaction has committed; a stopped process loses nothing of it. */
export async function startSweep(
  tx: Tx,
  companyId: string,
  { afterSeconds = 0, ...work }: SweepWork & { readonly afterSeconds?: number },
): Promise<void> {
  await insertSweep(tx, companyId, { id: newId(), ...work, afterSeconds })
}

/** As `startSweep`, at several times; takes the place of the same work that is still waiting, so that it never piles up. */
export async function restartSweep(
  tx: Tx,
  companyId: string,
  { atSeconds, ...work }: SweepWork & { readonly atSeconds: readonly number[] },
): Promise<void> {
  await deleteWaitingSweeps(tx, companyId, work)
  for (const afterSeconds of atSeconds) await startSweep(tx, companyId, { ...work, afterSeconds })
}
