import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { knowsUser } from './agents.repository.ts'

const WAITS_MS = [20, 50, 100, 200, 400, 800]

/** For the edge: identity's event about a user who was just made may be a moment behind a caller who knows the user already. */
export async function awaitUser(database: Database, actor: Actor, id: string | null | undefined): Promise<void> {
  if (id === null || id === undefined || id === actor.userId) return
  for (const waitMs of WAITS_MS) {
    if (await knowsUser(database, actor.companyId, id)) return
    await sleep(waitMs)
  }
}
