import type { Tx } from '@dealwire/db/client'
import { type FoldInput, foldGroups } from './fold-groups.ts'
import { groupCalls, type Touch } from './group-calls.ts'
import { recordEvents } from './ingest.repository.ts'

/** Folds a call anew from its stored events. Returns why it cannot be, if it cannot. */
export async function refoldCall(tx: Tx, touch: Touch, usersOf: FoldInput['usersOf']): Promise<string | undefined> {
  const { known, people } = await recordEvents(tx, [], [touch])
  const [failed] = foldGroups(tx, { groups: groupCalls([], [touch], known), people, usersOf, isFolding: true })
  return failed?.message
}
