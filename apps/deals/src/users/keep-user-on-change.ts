import type { userCreated, userUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import type { EventOf } from '@dealwire/messaging'
import { upsertUserRef } from './users.repository.ts'

/** Deals show and check assignees without asking identity. */
export async function keepUserOnChange(tx: Tx, event: EventOf<typeof userCreated | typeof userUpdated>): Promise<void> {
  const { userId: id, name, active } = event.data
  await upsertUserRef(tx, event.companyid, { id, name, active, version: event.aggregateversion })
}
