import type { userDeactivated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import type { EventOf } from '@dealwire/messaging'
import { upsertUserRef } from './users.repository.ts'

/** Nothing new is assigned to somebody who has left; what is assigned stays, and keeps its name. */
export async function retireUserOnDeactivated(tx: Tx, event: EventOf<typeof userDeactivated>): Promise<void> {
  const { userId: id, name } = event.data
  await upsertUserRef(tx, event.companyid, { id, name, active: false, version: event.aggregateversion })
}
