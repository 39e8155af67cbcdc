import {
  type BuiltInRole,
  builtInRoles,
  type CompanySettings,
  type Permission,
  permissions,
  rolePermissions,
  type Scope,
} from '@dealwire/contracts'

/** Who signed in, with everything a call needs to know about it: resolved once, then kept with the token. */
export type Principal = {
  readonly companyId: string
  readonly userId: string
  /** Null for an API key. */
  readonly sessionId: string | null
  /** Null for a session. */
  readonly apiKeyId: string | null
  /** What its requests count against: a user's sessions together, each API key for itself. */
  readonly rateKey: string
  /** When the session or key ends by itself, in milliseconds; null: never. */
  readonly endsAtMs: number | null
  readonly userName: string
  readonly email: string
  readonly role: string
  readonly scope: Scope
  readonly permissions: ReadonlySet<Permission>
  readonly companyName: string
  readonly company: CompanySettings
}

type StoredRole = { readonly key: string; readonly scope: Scope; readonly permissions: readonly string[] }

/** What a key may do: what it was given, as long as its creator may do it. */
export function rightsOfKey(given: readonly string[], creator: ReturnType<typeof rightsOf>): typeof creator {
  const kept = given.filter((permission) => (creator.permissions as ReadonlySet<string>).has(permission))
  return { scope: creator.scope, permissions: new Set(kept as Permission[]) }
}

/** What a role may do. Of built-in roles the code says so, of others the row; permissions that no longer exist are left out. */
export function rightsOf(role: StoredRole): { scope: Scope; permissions: ReadonlySet<Permission> } {
  if (isBuiltIn(role.key)) {
    const rules = rolePermissions[role.key]
    return { scope: rules.scope, permissions: new Set(rules.permissions) }
  }
  const granted = new Set(role.permissions)
  return { scope: role.scope, permissions: new Set(permissions.filter((permission) => granted.has(permission))) }
}

export function isBuiltIn(key: string): key is BuiltInRole {
  return (builtInRoles as readonly string[]).includes(key)
}
