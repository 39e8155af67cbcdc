import { userCreated, userDeactivated, userUpdated } from '@dealwire/contracts'
import { onBatch } from '@dealwire/messaging'
import { putUserRefs } from './user-refs.repository.ts'

/** The names of users, for calls and agents to show. */
export const projectUsers = onBatch([userCreated, userUpdated, userDeactivated], (tx, events) =>
  putUserRefs(
    tx,
    events.map(({ companyid, aggregateversion, data }) => ({
      company_id: companyid,
      id: data.userId,
      name: data.name,
      version: aggregateversion,
    })),
  ),
)
