import { AppError } from '@dealwire/errors'
import type { onRequestHookHandler } from 'fastify'
import type { Principals } from '../access/principals.ts'
import { unauthenticated } from '../keys/access-tokens.ts'
import type { GuardLookUps } from '../limits/guard-look-ups.ts'

/** Told only after the request has been counted. */
const REFUSALS: ReadonlySet<string> = new Set(['unauthenticated', 'rate_limited'])

/**
 * Finds out who calls. A token that was seen before costs one look into a map; one that nobody signed is looked up only while
 * `guardLookUps` lets its address ask.
 */
export function identify(principals: Principals, guardLookUps: GuardLookUps): onRequestHookHandler {
  return (request, _reply, done) => {
    const permission = request.routeOptions.config.contract?.permission
    if (permission === undefined || permission === 'public' || permission === 'webhook') return done()

    const token = bearerOf(request.headers.authorization)
    if (token === undefined) {
      request.refusal = unauthenticated('This needs an access token: Authorization: Bearer <token>.')
      return done()
    }
    const known = principals.known(token)
    if (known !== undefined) {
      request.caller = known
      return done()
    }
    principals
      .resolve(token, (lookUp) => guardLookUps(request.ip, lookUp))
      .then(
        (principal) => {
          request.caller = principal
          done()
        },
        (error: unknown) => {
          if (!(error instanceof AppError) || !REFUSALS.has(error.kind)) return done(error as Error)
          request.refusal = error
          done()
        },
      )
  }
}

export function bearerOf(header: string | undefined): string | undefined {
  if (header === undefined || header.length < 8) return undefined
  return header.slice(0, 7).toLowerCase() === 'bearer ' ? header.slice(7).trim() : undefined
}
