import { hash, timingSafeEqual } from 'node:crypto'
import { AppError } from '@dealwire/errors'
import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { bearerOf } from './identify.ts'

const INTERNAL = new Set(['/metrics', '/health/detailed'])
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/**
 * What tells about the inside answers only this machine and whoever knows the token; to everybody else it does not exist.
 * A proxy on this machine is not this machine's operator: what it forwards needs the token.
 */
export function guardInternalRoutes(token: string | undefined): onRequestHookHandler {
  return (request, _reply, done) => {
    const { url } = request.routeOptions
    if (url === undefined || !INTERNAL.has(url) || isLocal(request) || knows(request, token)) return done()
    done(new AppError('not_found', 'not_found', `There is no ${request.method} ${url}.`))
  }
}

function isLocal({ raw, headers }: FastifyRequest): boolean {
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined
  return !isForwarded && LOOPBACK.has(raw.socket.remoteAddress ?? '')
}

function knows({ headers }: FastifyRequest, token: string | undefined): boolean {
  const given = bearerOf(headers.authorization)
  if (token === undefined || given === undefined) return false
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', token, 'buffer'))
}
