import { run, statement, type Tx } from '@dealwire/db/client'

export type UserRef = { readonly id: string; readonly name: string; readonly active: boolean; readonly version: number }

/** Keeps the newest version of a user, in whatever order they come. */
export async function upsertUserRef(tx: Tx, companyId: string, user: UserRef): Promise<void> {
  await run(tx, upsertStatement, [companyId, user.id, user.name, user.active, user.version])
}

// `<=`: events of one change carry one version and one state.
const upsertStatement = statement(
  'upsert_user_ref',
  `INSERT INTO user_refs (company_id, id, name, active, version) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (company_id, id) DO UPDATE SET name = excluded.name, active = excluded.active, version = excluded.version
   WHERE user_refs.version <= excluded.version`,
)
