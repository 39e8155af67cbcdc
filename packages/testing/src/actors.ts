import { randomUUID } from 'node:crypto'
import {
  type Actor,
  type BuiltInRole,
  defaultCompanySettings,
  rolePermissions,
  type ServiceName,
} from '@dealwire/contracts'
import { IDENTITY_HEADER, identityKey, signIdentity } from '@dealwire/http'

/** Signs identities in tests. */
export const TEST_INTERNAL_SECRET = 'test-internal-secret-of-32-chars!!'

/** A user of a company that nobody else has. */
export function makeActor(
  options: { role?: BuiltInRole; companyId?: string; userId?: string } = {},
): Actor & { userId: string } {
  const role = options.role ?? 'ADMIN'
  const rules = rolePermissions[role]
  return {
    companyId: options.companyId ?? randomUUID(),
    userId: options.userId ?? randomUUID(),
    role,
    scope: rules.scope,
    permissions: new Set(rules.permissions),
    company: defaultCompanySettings,
    requestId: randomUUID(),
  }
}

/** The headers that the gateway would send on behalf of the actor. */
export function identityHeaders(actor: Actor, audience: ServiceName): Record<string, string> {
  const token = signIdentity(
    {
      audience,
      companyId: actor.companyId,
      userId: actor.userId,
      role: actor.role,
      scope: actor.scope,
      permissions: [...actor.permissions],
      company: actor.company,
      expiresAt: Date.now() / 1000 + 3_600,
    },
    identityKey(TEST_INTERNAL_SECRET, audience),
  )
  return { [IDENTITY_HEADER]: token, 'x-request-id': actor.requestId }
}
