import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'

type Team = { readonly id: string; readonly name: string; readonly active: boolean; readonly version: number }
type Member = { readonly userId: string; readonly teamId: string | null; readonly version: number }

/** Keeps the newest version of a team, in whatever order they come. */
export async function upsertTeam(tx: Tx, companyId: string, { id, name, active, version }: Team): Promise<void> {
  await run(tx, upsertTeamStatement, [companyId, id, name, active, version])
}

const upsertTeamStatement = statement(
  'upsert_team',
  `INSERT INTO teams AS known (company_id, id, name, active, version) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (company_id, id) DO UPDATE SET name = excluded.name, active = excluded.active, version = excluded.version
   WHERE known.version < excluded.version`,
)

export async function upsertMember(tx: Tx, companyId: string, { userId, teamId, version }: Member): Promise<void> {
  await run(tx, upsertMemberStatement, [companyId, userId, teamId, version])
}

const upsertMemberStatement = statement(
  'upsert_team_member',
  `INSERT INTO team_members AS known (company_id, user_id, team_id, version) VALUES ($1, $2, $3, $4)
   ON CONFLICT (company_id, user_id) DO UPDATE SET team_id = excluded.team_id, version = excluded.version
   WHERE known.version <= excluded.version`,
)

export async function hasTeam(db: Executor, companyId: string, id: string): Promise<boolean> {
  return (await runOne(db, findTeamStatement, [companyId, id])) !== undefined
}

const findTeamStatement = statement('find_team', 'SELECT id FROM teams WHERE company_id = $1 AND id = $2 AND active')
