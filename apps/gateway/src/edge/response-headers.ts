import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply } from 'fastify'

/** What belongs to the connection with the service, or what the gateway says itself. */
const NOT_PASSED = new Set([
  'connection',
  'date',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
])

/** What the gateway has decided about this request before the service answered. */
const DECIDED = [
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'vary',
] as const

/** Headers of an answer that comes from a service, as `writeHead` takes them: name and value by turns. */
export function responseHeaders(
  reply: FastifyReply,
  constant: readonly string[],
  given: IncomingHttpHeaders,
): string[] {
  const headers = [...constant, 'x-request-id', reply.request.id]
  for (const name of DECIDED) {
    const value = reply.getHeader(name)
    if (value !== undefined) headers.push(name, String(value))
  }
  for (const name in given) if (!NOT_PASSED.has(name)) addHeader(headers, name, given[name])
  return headers
}

function addHeader(headers: string[], name: string, value: string | string[] | undefined): void {
  if (typeof value === 'string') headers.push(name, value)
  else for (const one of value ?? []) headers.push(name, one)
}
