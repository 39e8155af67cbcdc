import type { Executor, Tx } from '@dealwire/db/client'
import { userRefs } from '@dealwire/db/deals'
import { and, eq, lte, sql } from 'drizzle-orm'

type UserRef = { readonly id: string; readonly name: string; readonly active: boolean; readonly version: number }

/** Keeps the newest version of a user, in whatever order they come. */
export async function upsertUserRef(tx: Tx, companyId: string, user: UserRef): Promise<void> {
  const { name, active, version } = user
  await tx.orm
    .insert(userRefs)
    .values({ companyId, ...user })
    .onConflictDoUpdate({
      target: [userRefs.companyId, userRefs.id],
      set: { name, active, version },
      // Events of one change carry one version and one state.
      setWhere: lte(userRefs.version, sql`excluded.version`),
    })
}

export async function hasUserRef(db: Executor, companyId: string, id: string): Promise<boolean> {
  const found = await db.orm
    .select({ id: userRefs.id })
    .from(userRefs)
    .where(and(eq(userRefs.companyId, companyId), eq(userRefs.id, id)))
  return found.length > 0
}

export async function hasActiveUserRef(db: Executor, companyId: string, id: string): Promise<boolean> {
  const found = await db.orm
    .select({ id: userRefs.id })
    .from(userRefs)
    .where(and(eq(userRefs.companyId, companyId), eq(userRefs.id, id), eq(userRefs.active, true)))
  return found.length > 0
}
