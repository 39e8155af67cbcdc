import { isUtf8 } from 'node:buffer'
import type { Duplex } from 'node:stream'
import { AppError } from '@dealwire/errors'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Refuses what parses as HTTP but means different things to different readers: such a request is refused, never repaired. */
export function refuseAmbiguous(app: FastifyInstance, refuseTunnel: (socket: Duplex) => void): void {
  app.addHook('onRequest', (request, reply, done) => {
    const problem = headProblem(request)
    if (problem !== undefined) reply.header('connection', 'close') // where the request ends is in doubt
    const reason = problem ?? addressProblem(request)
    if (reason === undefined) done()
    else done(new AppError('invalid', 'malformed_request', reason))
  })
  // Without this Node closes the connection and says nothing.
  app.server.on('connect', (_request, socket) => refuseTunnel(socket))

  const parseText = app.getDefaultJsonParser('error', 'error')
  // A parser of its own, because a body decoded leniently would be stored as something that nobody sent.
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (isUtf8(body)) void parseText(request, body.toString(), done)
    else done(new AppError('invalid', 'malformed_request', 'The body is not valid UTF-8.'))
  })
}

function headProblem({ raw }: FastifyRequest): string | undefined {
  if (raw.httpVersion !== '1.1' && raw.httpVersion !== '1.0') return 'Only HTTP/1.1 and HTTP/1.0 are supported.'
  const { host, 'transfer-encoding': coding = 'chunked' } = raw.headers
  if (host === undefined && raw.httpVersion === '1.1') return 'The request has no Host header.'
  if (coding.toLowerCase() !== 'chunked') return `The transfer encoding '${coding}' is not supported.`
  const repeated = repeatedName(raw.rawHeaders)
  return repeated === undefined ? undefined : `The request has more than one ${repeated} header.`
}

/** Of these Node keeps the first or joins all, where another reader might take the last. */
const ONCE_ONLY = new Set(['host', 'authorization', 'content-type', 'idempotency-key'])
const lengths = new Set([...ONCE_ONLY].map((name) => name.length))

function repeatedName(rawHeaders: readonly string[]): string | undefined {
  const seen: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const given = rawHeaders[index] ?? ''
    if (!lengths.has(given.length)) continue
    const name = given.toLowerCase()
    if (!ONCE_ONLY.has(name)) continue
    if (seen.includes(name)) return name
    seen.push(name)
  }
  return undefined
}

/** Paths are decoded by the router; what a PBX writes into a query is the business of its provider. */
function addressProblem({ url, routeOptions }: FastifyRequest): string | undefined {
  if (!url.includes('%') || routeOptions.config.contract?.raw === true) return undefined
  try {
    decodeURIComponent(url)
    return undefined
  } catch {
    return 'The address has a percent-encoding that is not valid UTF-8.' // the error says no more than that
  }
}
