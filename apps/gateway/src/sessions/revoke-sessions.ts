import { type Author, type EventData, sessionRevoked } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import type { Origin } from './origin.ts'
import { endSessions } from './sessions.repository.ts'

type Reason = EventData<typeof sessionRevoked>['reason']

/** Ends one session of a user, or with `sessionId` null all of them. What has ended already causes no event. */
export async function revokeSessions(
  tx: Tx,
  author: Author,
  input: { userId: string; sessionId: string | null; reason: Reason; origin?: Origin },
): Promise<void> {
  const { userId, sessionId, reason, origin } = input
  const sessionIds = await endSessions(tx, author.companyId, userId, sessionId, reason)
  if (sessionIds.length === 0) return
  append(tx, author, sessionRevoked, { id: sessionId ?? userId, version: 2 }, { userId, sessionIds, reason, ...origin })
}
