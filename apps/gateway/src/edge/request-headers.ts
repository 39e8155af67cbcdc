import type { IncomingHttpHeaders } from 'node:http'
import { IDENTITY_HEADER } from '@dealwire/http'
import type { FastifyRequest } from 'fastify'

/** All that a service learns of a caller's headers. What is not named here cannot be spoofed. */
const PASSED = [
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'content-encoding',
  'if-match',
  'if-none-match',
  'idempotency-key',
  'if-range',
  'range',
  'user-agent',
  'traceparent',
  'tracestate',
] as const

/** Of a webhook everything may be part of its signature, except what belongs to the connection or is ours to say. */
const NEVER_PASSED = new Set([
  'connection',
  'content-length',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'x-real-ip',
  'x-request-id',
])
const OURS = /^x-(dealwire|forwarded)-/

/** Name and value by turns, as the client of the service takes them. */
export function requestHeaders(request: FastifyRequest, identity: string, isRaw: boolean): string[] {
  const headers = [IDENTITY_HEADER, identity, 'x-request-id', request.id]
  if (isRaw) addWebhookHeaders(headers, request)
  else addPassed(headers, request.raw.headers)
  return headers
}

function addPassed(headers: string[], given: IncomingHttpHeaders): void {
  for (const name of PASSED) {
    const value = given[name]
    if (typeof value === 'string') headers.push(name, value)
  }
}

function addWebhookHeaders(headers: string[], request: FastifyRequest): void {
  const given = request.raw.headers
  const hopByHop = new Set(
    (given.connection ?? '')
      .toLowerCase()
      .split(',')
      .map((name) => name.trim()),
  )
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || NEVER_PASSED.has(name) || hopByHop.has(name) || OURS.test(name)) continue
    for (const one of Array.isArray(value) ? value : [value]) headers.push(name, one)
  }
  // Some providers sign the address that they called.
  headers.push('x-forwarded-for', request.ip, 'x-forwarded-proto', request.protocol, 'x-forwarded-host', request.host)
}
