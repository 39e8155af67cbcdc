import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { hasTeam } from './teams.repository.ts'

export async function ensureTeam(db: Executor, actor: Actor, id: string | null | undefined): Promise<void> {
  if (id === null || id === undefined) return
  if (!(await hasTeam(db, actor.companyId, id))) throw notFound('team', id)
}
