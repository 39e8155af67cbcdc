import { type Actor, defaultCompanySettings } from '@dealwire/contracts'
import type { AppError } from '@dealwire/errors'
import type { FastifyRequest } from 'fastify'
import type { Principal } from '../access/principal.ts'
import { unauthenticated } from '../keys/access-tokens.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who signed in; null when nobody did, or need not. */
    caller: Principal | null
    /** Why nobody is signed in although somebody should be. Kept until the request has been counted. */
    refusal: AppError | null
  }
}

export function callerOf(request: FastifyRequest): Principal {
  if (request.caller === null) throw unauthenticated('Sign in first.')
  return request.caller
}

const NOBODY: Omit<Actor, 'requestId'> = {
  companyId: '',
  userId: null,
  role: '',
  scope: 'own',
  permissions: new Set(),
  company: defaultCompanySettings,
}

/** The caller as the routes of this app see it; on public routes nobody. */
export function actorOf(request: FastifyRequest): Actor {
  const { caller } = request
  const { traceparent } = request.headers
  const trace = typeof traceparent === 'string' ? { traceparent } : {}
  if (caller === null) return { ...NOBODY, requestId: request.id, ...trace }
  const { companyId, userId, role, scope, permissions, company } = caller
  return { companyId, userId, role, scope, permissions, company, requestId: request.id, ...trace }
}
