import { MAX_PAGE_LIMIT, type Route } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'
import { permissionProblem } from '@dealwire/http'
import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { giveUpBody } from './request-body.ts'

/** Lets a request through that its route's contract allows: permission, page size, size of the body. */
export const admit: onRequestHookHandler = (request, reply, done) => {
  const spec = request.routeOptions.config.contract
  if (spec === undefined) return done()
  if (request.refusal !== null) {
    if (request.refusal.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer')
    return done(request.refusal)
  }
  const problem = permissionProblem(spec, request.caller) ?? wrongPage(request, spec) ?? tooLarge(request, spec)
  if (problem?.kind === 'too_large') giveUpBody(request.raw, reply)
  done(problem)
}

function wrongPage(request: FastifyRequest, { query }: Route): AppError | undefined {
  if (query === undefined || !('limit' in query.shape)) return undefined
  const { limit } = request.query as Readonly<Record<string, unknown>>
  if (limit === undefined || isPageLimit(limit)) return undefined
  const message = `must be a whole number from 1 to ${MAX_PAGE_LIMIT}`
  return new AppError('invalid', 'validation_failed', `The query is not valid: 'limit': ${message}.`, {
    errors: [{ path: 'limit', message }],
  })
}

function isPageLimit(limit: unknown): boolean {
  return typeof limit === 'string' && /^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= MAX_PAGE_LIMIT
}

function tooLarge(request: FastifyRequest, spec: Route): AppError | undefined {
  const length = request.headers['content-length']
  return length !== undefined && Number(length) > spec.bodyLimitBytes ? bodyTooLarge(spec) : undefined
}

export function bodyTooLarge({ bodyLimitBytes }: Route): AppError {
  return new AppError(
    'too_large',
    'body_too_large',
    `The body is larger than the ${bodyLimitBytes} bytes that this route accepts.`,
  )
}
