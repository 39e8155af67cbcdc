import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { hasUserRef } from './users.repository.ts'

const LONGEST_MS = 1_000
const STEP_MS = 25

/**
 * For the edge, before a transaction that assigns something: identity's event about a new user may be a moment behind a caller
 * who knows the user already. Waits for it, at most a second; whether the user is known is for the command to decide.
 */
export async function awaitUser(database: Database, actor: Actor, id: string | null | undefined): Promise<void> {
  if (id === null || id === undefined || id === actor.userId) return
  const endsAt = performance.now() + LONGEST_MS
  while (!(await hasUserRef(database, actor.companyId, id)) && performance.now() < endsAt) await sleep(STEP_MS)
}
