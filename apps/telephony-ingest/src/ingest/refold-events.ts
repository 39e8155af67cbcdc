import type { Author } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import type { StoredCallEvent } from '../calls/stored-call-event.ts'
import type { KnownConnection } from '../connections/connection-directory.ts'
import { keepDeadLetters } from '../dead-letters/keep-dead-letters.ts'
import type { Arrival, ArrivedEvent } from './arrival.ts'
import { type FoldInput, foldGroups } from './fold-groups.ts'
import { groupCalls } from './group-calls.ts'
import { recordEvents } from './ingest.repository.ts'

export type ReadAgain = Pick<FoldInput, 'usersOf'> & {
  readonly connection: Pick<KnownConnection, 'companyId' | 'id' | 'settings'>
  /** Not stored before. */
  readonly fresh: readonly StoredCallEvent[]
  /** Stored by the caller, as further versions of events that were stored before. */
  readonly versions: readonly StoredCallEvent[]
}

/** Stores what is new and folds every call that is touched by it or by a further version of its events. */
export async function refoldEvents(tx: Tx, { connection, usersOf, fresh, versions }: ReadAgain): Promise<void> {
  const author: Author = { companyId: connection.companyId, userId: null, requestId: newId() }
  const origin = { author, connectionId: connection.id, defaultRegion: connection.settings.defaultRegion }
  const arrival: Arrival = { ...origin, events: fresh, letters: [] }
  const arrived = (event: StoredCallEvent): ArrivedEvent => ({ event, arrival, arrivalIndex: 0 })
  // An event that has moved to another identity takes its call along.
  const touches = [...Map.groupBy(versions, ({ eventKey }) => eventKey).values()].map((ofOne) => ({
    ...origin,
    callKeys: [...new Set(ofOne.map(({ callKey }) => callKey))],
  }))
  const recorded = await recordEvents(tx, fresh.map(arrived), touches)
  const groups = groupCalls([...recorded.fresh, ...versions.map(arrived)], touches, recorded.known)
  keepDeadLetters(tx, foldGroups(tx, { groups, people: recorded.people, usersOf, isFolding: true }))
}
