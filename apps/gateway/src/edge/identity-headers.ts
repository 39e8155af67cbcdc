import type { ServiceName } from '@dealwire/contracts'
import { identityKey, signIdentity } from '@dealwire/http'
import type { Principal } from '../access/principal.ts'

const VALID_SECONDS = 120
/** Signed anew long before its life is over, so that what is sent is valid on a machine whose clock is a minute and a half ahead. */
const RENEW_MS = 30_000

/** `renewAt` by the clock that nobody sets: with the other one set back, an old word would be sent for as long. */
type Signed = { readonly header: string; readonly renewAt: number }

/** The signed identity that the gateway vouches for towards one service. Kept while it is fresh: signing is not on the hot path. */
export function identitySigner(secret: string, audience: ServiceName): (caller: Principal | null) => string {
  const key = identityKey(secret, audience)
  const signedByCaller = new WeakMap<Principal, Signed>()
  let nobody: Signed | undefined

  function sign(caller: Principal | null): Signed {
    const claims = {
      audience,
      companyId: caller?.companyId ?? null,
      userId: caller?.userId ?? null,
      role: caller?.role ?? '',
      scope: caller?.scope ?? 'own',
      permissions: caller === null ? [] : [...caller.permissions],
      company: caller?.company ?? null,
      expiresAt: Math.floor(Date.now() / 1000) + VALID_SECONDS,
    }
    return { header: signIdentity(claims, key), renewAt: performance.now() + RENEW_MS }
  }

  return (caller) => {
    const known = caller === null ? nobody : signedByCaller.get(caller)
    if (known !== undefined && known.renewAt > performance.now()) return known.header
    const signed = sign(caller)
    if (caller === null) nobody = signed
    else signedByCaller.set(caller, signed)
    return signed.header
  }
}
