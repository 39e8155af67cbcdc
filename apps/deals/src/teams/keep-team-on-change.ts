import { type departmentCreated, departmentDeleted, type departmentUpdated } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import type { EventOf } from '@dealwire/messaging'
import { upsertTeam } from './teams.repository.ts'

type Change = EventOf<typeof departmentCreated | typeof departmentUpdated | typeof departmentDeleted>

/** A team is a department of identity's. A deleted one leaves its version behind, so that a late event cannot bring it back. */
export async function keepTeamOnChange(tx: Tx, event: Change): Promise<void> {
  const { departmentId: id, name } = event.data
  const active = event.type !== departmentDeleted.type
  await upsertTeam(tx, event.companyid, { id, name, active, version: event.aggregateversion })
}
