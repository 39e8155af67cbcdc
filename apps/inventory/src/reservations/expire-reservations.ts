import { type Database, withTx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { freeReservation } from './free-reservations.ts'
import { lockDueReservation } from './reservations.repository.ts'

const MAX_AT_ONCE = 5_000

/** Ends the reservations whose time is over, each in its own transaction and exactly once however many do this. Returns how many. */
export async function expireReservations(database: Database, signal: AbortSignal): Promise<number> {
  for (let expired = 0; expired < MAX_AT_ONCE; expired++) {
    if (signal.aborted || !(await expireOne(database))) return expired
  }
  return MAX_AT_ONCE
}

async function expireOne(database: Database): Promise<boolean> {
  return withTx(database, async (tx) => {
    const due = await lockDueReservation(tx)
    if (due === undefined) return false
    await freeReservation(tx, { companyId: due.companyId, userId: null, requestId: newId() }, due, 'EXPIRED')
    return true
  })
}
