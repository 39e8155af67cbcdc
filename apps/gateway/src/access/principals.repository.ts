import type { Scope } from '@dealwire/contracts'
import { type Executor, runOne, statement } from '@dealwire/db/client'
import { type Principal, rightsOf } from './principal.ts'

type PrincipalRow = {
  companyId: string
  userId: string
  userName: string
  email: string
  role: string
  scope: Scope
  permissions: string[]
  companyName: string
  currency: string
  timeZone: string
  defaultRegion: string
  searchLanguage: string
}

/** The user of a session that has not ended; undefined as soon as the session is revoked or the user deactivated. */
export async function findPrincipal(
  executor: Executor,
  companyId: string,
  sessionId: string,
): Promise<Principal | undefined> {
  const row = await runOne<PrincipalRow>(executor, findStatement, [companyId, sessionId])
  return row === undefined ? undefined : principalOf(row, sessionId)
}

function principalOf(row: PrincipalRow, sessionId: string): Principal {
  const { companyId, userId, userName, email, role, companyName, currency, timeZone, defaultRegion, searchLanguage } =
    row
  const company = { currency, timeZone, defaultRegion, searchLanguage }
  return {
    companyId,
    userId,
    sessionId,
    userName,
    email,
    role,
    ...rightsOf({ ...row, key: role }),
    companyName,
    company,
  }
}

const findStatement = statement(
  'find_principal',
  `SELECT u.company_id AS "companyId", u.id AS "userId", u.name AS "userName", u.email, r.key AS role, r.scope, r.permissions,
     c.name AS "companyName", c.currency, c.time_zone AS "timeZone", c.default_region AS "defaultRegion", c.search_language AS "searchLanguage"
   FROM sessions s
   JOIN users u ON u.company_id = s.company_id AND u.id = s.user_id
   JOIN roles r ON r.company_id = u.company_id AND r.id = u.role_id
   JOIN companies c ON c.company_id = u.company_id
   WHERE s.company_id = $1 AND s.id = $2 AND s.revoked_at IS NULL AND s.expires_at > now() AND u.active AND u.deleted_at IS NULL`,
)
