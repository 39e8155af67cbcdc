import type { userCreated, userUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import type { EventOf } from '@dealwire/messaging'
import { upsertMember } from './teams.repository.ts'

export async function keepMemberOnChange(
  tx: Tx,
  event: EventOf<typeof userCreated | typeof userUpdated>,
): Promise<void> {
  const { userId, teamId } = event.data
  await upsertMember(tx, event.companyid, { userId, teamId, version: event.aggregateversion })
}
