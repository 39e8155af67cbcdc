import { AppError } from '@dealwire/errors'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Keyring } from './keyring.ts'

export const ACCESS_TOKEN_SECONDS = 15 * 60

const ALGORITHM = 'EdDSA'
const TYPE = 'at+jwt'
const AUDIENCE = 'dealwire'

const claims = z.object({ sub: z.uuid(), cid: z.uuid(), sid: z.uuid(), exp: z.int() })

export type AccessClaims = {
  readonly userId: string
  readonly companyId: string
  readonly sessionId: string
  readonly expiresAtMs: number
}

export type AccessTokens = {
  sign(subject: Omit<AccessClaims, 'expiresAtMs'>): Promise<string>
  /** Throws `unauthenticated` unless algorithm, key, type, issuer, audience and time are all as they must be. */
  verify(token: string): Promise<AccessClaims>
}

export function accessTokens(keyring: Keyring, issuer: string): AccessTokens {
  const expected = {
    algorithms: [ALGORITHM],
    typ: TYPE,
    issuer,
    audience: AUDIENCE,
    requiredClaims: ['exp', 'iat', 'sub'],
  }
  return {
    async sign({ userId, companyId, sessionId }) {
      const { kid, privateKey } = await keyring.signingKey()
      return new SignJWT({ cid: companyId, sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setIssuedAt()
        .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
        .sign(privateKey)
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(
          token,
          (header: { kid?: string }) => knownKey(keyring, header.kid),
          expected,
        )
        const { sub, cid, sid, exp } = claims.parse(payload)
        return { userId: sub, companyId: cid, sessionId: sid, expiresAtMs: exp * 1000 }
      } catch (error) {
        if (error instanceof errors.JWTExpired)
          throw unauthenticated('The access token has expired; refresh it.', error)
        if (error instanceof errors.JOSEError || error instanceof z.ZodError)
          throw unauthenticated('The access token is not valid; sign in again.', error)
        throw error
      }
    },
  }
}

async function knownKey(keyring: Keyring, kid: string | undefined) {
  const key = kid === undefined ? undefined : await keyring.publicKey(kid)
  if (key === undefined) throw new errors.JWKSNoMatchingKey()
  return key
}

export function unauthenticated(message: string, cause?: unknown): AppError {
  return new AppError('unauthenticated', 'unauthenticated', message, { cause })
}
