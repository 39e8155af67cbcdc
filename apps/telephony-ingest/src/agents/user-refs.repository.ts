import { run, statement, type Tx } from '@dealwire/db/client'

export type UserRef = {
  readonly company_id: string
  readonly id: string
  readonly name: string
  readonly version: number
}

/** Of each user the newest version stays. */
export async function putUserRefs(tx: Tx, users: readonly UserRef[]): Promise<void> {
  const newest = new Map<string, UserRef>()
  for (const user of users) {
    const key = `${user.company_id} ${user.id}`
    if ((newest.get(key)?.version ?? -1) < user.version) newest.set(key, user)
  }
  await run(tx, put, [JSON.stringify([...newest.values()])])
}

const put = statement(
  'put_user_refs',
  `INSERT INTO user_refs AS u (company_id, id, name, version)
   SELECT company_id, id, name, version
   FROM json_to_recordset($1::json) AS g(company_id uuid, id uuid, name text, version integer)
   ORDER BY company_id, id
   ON CONFLICT (company_id, id) DO UPDATE SET name = excluded.name, version = excluded.version
   WHERE u.version < excluded.version`,
)
