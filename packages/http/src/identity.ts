import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { CompanySettings, Permission, Scope, ServiceName } from '@dealwire/contracts'

/** The signed identity travels in this header; the gateway strips it from what comes from outside. */
export const IDENTITY_HEADER = 'x-dealwire-identity'

/** What the gateway vouches for. `companyId` is null for webhooks and public routes: nobody is signed in there. */
export type IdentityClaims = {
  readonly audience: ServiceName
  readonly companyId: string | null
  readonly userId: string | null
  readonly role: string
  readonly scope: Scope
  readonly permissions: readonly Permission[]
  /** Null when nobody is signed in. */
  readonly company: CompanySettings | null
  /** Unix seconds. */
  readonly expiresAt: number
}

/** One key per audience: a service that leaks its key cannot speak to another as the gateway. */
export function identityKey(secret: string, audience: ServiceName): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `dealwire identity ${audience}`, 32))
}

function sign(payload: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(payload).digest()
}

export function signIdentity(claims: IdentityClaims, key: Uint8Array): string {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
  return `${payload}.${sign(payload, key).toString('base64url')}`
}

/** Why an identity is not believed; `why` is for the log of whoever runs the service. */
export type RefusedIdentity = { readonly why: string }

/** The claims, unless the signature, the audience or the time is wrong. */
export function verifyIdentity(
  token: string,
  key: Uint8Array,
  audience: ServiceName,
  nowSeconds: number,
): IdentityClaims | RefusedIdentity {
  const [payload = '', signature = ''] = token.split('.')
  const given = Buffer.from(signature, 'base64url')
  const expected = sign(payload, key)
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return { why: 'not signed for this service: is INTERNAL_SECRET the same everywhere?' }
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as IdentityClaims
  if (claims.audience !== audience) return { why: `signed for ${claims.audience}` }
  if (claims.expiresAt > nowSeconds) return claims
  return { why: `over for ${Math.ceil(nowSeconds - claims.expiresAt)} s: do the clocks of the machines agree?` }
}
