import { type Actor, defaultCompanySettings, type Permission, type ServiceName } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'
import type { FastifyRequest } from 'fastify'
import { IDENTITY_HEADER, identityKey, verifyIdentity } from './identity.ts'

type Known = { readonly actor: Omit<Actor, 'requestId' | 'traceparent'>; readonly expiresAt: number }

const MAX_KNOWN = 5_000

/** Reads the gateway's signed identity. Verified headers are remembered until they expire: a busy user costs one check a minute. */
export function identityReader(secret: string, audience: ServiceName): (request: FastifyRequest) => Actor {
  const key = identityKey(secret, audience)
  const known = new Map<string, Known>()

  /** Headers live equally long, so the eldest is the one that ends first. */
  function forgetEldest(): void {
    const [eldest] = known.keys()
    if (eldest !== undefined) known.delete(eldest)
  }

  function verify(header: string, nowSeconds: number, { log, id }: FastifyRequest): Known {
    const claims = verifyIdentity(header, key, audience, nowSeconds)
    if ('why' in claims) {
      // To the caller it is a 401 like any other; that everybody gets it is seen here only.
      log.warn({ requestId: id, why: claims.why }, 'the identity of a caller is refused')
      throw refusal()
    }
    const entry: Known = {
      actor: {
        companyId: claims.companyId ?? '',
        userId: claims.userId,
        role: claims.role,
        scope: claims.scope,
        permissions: new Set<Permission>(claims.permissions),
        company: claims.company ?? defaultCompanySettings,
      },
      expiresAt: claims.expiresAt,
    }
    if (known.size >= MAX_KNOWN) forgetEldest()
    known.set(header, entry)
    return entry
  }

  return (request) => {
    const header = request.headers[IDENTITY_HEADER]
    if (typeof header !== 'string') throw refusal()
    const nowSeconds = Date.now() / 1000
    const remembered = known.get(header)
    const entry =
      remembered !== undefined && remembered.expiresAt > nowSeconds ? remembered : verify(header, nowSeconds, request)
    const traceparent = request.headers.traceparent
    return {
      ...entry.actor,
      requestId: request.id,
      ...(typeof traceparent === 'string' ? { traceparent } : {}),
    }
  }
}

function refusal(): AppError {
  return new AppError('unauthenticated', 'unauthenticated', 'This service answers only to the gateway.')
}
