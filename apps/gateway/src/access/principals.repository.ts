import type { Scope } from '@dealwire/contracts'
import { type Executor, run, runOne, statement } from '@dealwire/db/client'
import { type Principal, rightsOf, rightsOfKey } from './principal.ts'

type PrincipalRow = {
  companyId: string
  userId: string
  sessionId: string | null
  apiKeyId: string | null
  keyPermissions: string[] | null
  endsAtMs: number | null
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

const USER_COLUMNS = `u.company_id AS "companyId", u.id AS "userId", u.name AS "userName", u.email, r.key AS role, r.scope, r.permissions,
  c.name AS "companyName", c.currency, c.time_zone AS "timeZone", c.default_region AS "defaultRegion", c.search_language AS "searchLanguage"`
const OF_SESSION = `s.id AS "sessionId", NULL::uuid AS "apiKeyId", NULL::text[] AS "keyPermissions",
  (extract(epoch FROM s.expires_at) * 1000)::float8 AS "endsAtMs", ${USER_COLUMNS}`
const OF_KEY = `NULL::uuid AS "sessionId", k.id AS "apiKeyId", k.permissions AS "keyPermissions",
  (extract(epoch FROM k.expires_at) * 1000)::float8 AS "endsAtMs", ${USER_COLUMNS}`
const ROLE_AND_COMPANY = `JOIN roles r ON r.company_id = u.company_id AND r.id = u.role_id
   JOIN companies c ON c.company_id = u.company_id`
const SESSION_JOINS = `sessions s JOIN users u ON u.company_id = s.company_id AND u.id = s.user_id ${ROLE_AND_COMPANY}`
const KEY_JOINS = `JOIN users u ON u.company_id = k.company_id AND u.id = k.created_by_id ${ROLE_AND_COMPANY}`
const MAY_SIGN_IN = 'u.active AND u.deleted_at IS NULL'
const SESSION_LIVES = `s.revoked_at IS NULL AND s.expires_at > now() AND ${MAY_SIGN_IN}`
const KEY_LIVES = `k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now()) AND ${MAY_SIGN_IN}`

/** The user of a session that has not ended; undefined as soon as the session is revoked or the user deactivated. */
export async function findPrincipal(
  executor: Executor,
  companyId: string,
  sessionId: string,
): Promise<Principal | undefined> {
  const row = await runOne<PrincipalRow>(executor, findStatement, [companyId, sessionId])
  return row === undefined ? undefined : principalOf(row)
}

const findStatement = statement(
  'find_principal',
  `SELECT ${OF_SESSION} FROM ${SESSION_JOINS} WHERE s.company_id = $1 AND s.id = $2 AND ${SESSION_LIVES}`,
)

/** The creator of a live key with what the key may do. That it was used is noted once a minute at most. */
export async function findPrincipalOfKey(
  executor: Executor,
  prefix: string,
  secretHash: Buffer,
): Promise<Principal | undefined> {
  const row = await runOne<PrincipalRow>(executor, findOfKeyStatement, [prefix, secretHash])
  return row === undefined ? undefined : principalOf(row)
}

const findOfKeyStatement = statement(
  'find_principal_of_key',
  `WITH found AS (
     SELECT k.* FROM api_key_prefixes p JOIN api_keys k ON k.company_id = p.company_id AND k.id = p.api_key_id
     WHERE p.prefix = $1 AND k.secret_hash = $2
   ), used AS (
     UPDATE api_keys k SET last_used_at = now() FROM found f
     WHERE k.company_id = f.company_id AND k.id = f.id
       AND (f.last_used_at IS NULL OR f.last_used_at < now() - interval '1 minute')
   )
   SELECT ${OF_KEY} FROM found k ${KEY_JOINS} WHERE ${KEY_LIVES}`,
)

/** Who still stands behind these sessions and keys of a company; who does not is left out. */
export async function listPrincipals(
  executor: Executor,
  companyId: string,
  sessionIds: readonly string[],
  apiKeyIds: readonly string[],
): Promise<Principal[]> {
  const rows = await run<PrincipalRow>(executor, listStatement, [companyId, sessionIds, apiKeyIds])
  return rows.map(principalOf)
}

const listStatement = statement(
  'list_principals',
  `SELECT ${OF_SESSION} FROM ${SESSION_JOINS} WHERE s.company_id = $1 AND s.id = ANY ($2::uuid[]) AND ${SESSION_LIVES}
   UNION ALL
   SELECT ${OF_KEY} FROM api_keys k ${KEY_JOINS} WHERE k.company_id = $1 AND k.id = ANY ($3::uuid[]) AND ${KEY_LIVES}`,
)

function principalOf(row: PrincipalRow): Principal {
  const { companyId, userId, sessionId, apiKeyId, endsAtMs, userName, email, role, companyName } = row
  const { currency, timeZone, defaultRegion, searchLanguage } = row
  const ofRole = rightsOf({ ...row, key: role })
  return {
    companyId,
    userId,
    sessionId,
    apiKeyId,
    endsAtMs,
    rateKey: apiKeyId === null ? `user ${userId}` : `key ${apiKeyId}`,
    userName,
    email,
    role,
    ...(row.keyPermissions === null ? ofRole : rightsOfKey(row.keyPermissions, ofRole)),
    companyName,
    company: { currency, timeZone, defaultRegion, searchLanguage },
  }
}
