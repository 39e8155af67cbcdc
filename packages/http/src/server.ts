import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { constants } from 'node:zlib'
import type { Actor, ServiceName } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'
import { Histogram, type Logger, type Registry } from '@dealwire/telemetry'
import compress from '@fastify/compress'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { identityReader } from './actor.ts'
import { type HealthOptions, healthRoutes } from './health.ts'
import { fingerprintKey } from './once.ts'
import { internalProblem, malformedProblem, problemOf, toAppError } from './problems.ts'
import { refuseAmbiguous } from './well-formed.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Answers are checked against their contract: in tests. */
    validateResponses: boolean
    readActor(request: FastifyRequest): Actor
    readonly routeDeadlineMs: number
    readonly fingerprintKey: Uint8Array
    isClosing(): boolean
    markClosing(): void
  }
}

/** What every service is started with, whatever else it needs. */
export type ServiceOptions = {
  readonly logger: Logger
  readonly metrics: Registry
  readonly internalSecret: string
  readonly slowMs?: number | undefined
  readonly validateResponses?: boolean | undefined
  readonly optionalDependencies?: HealthOptions['optionalDependencies']
  readonly details?: HealthOptions['details']
}

export type ServerOptions = ServiceOptions & {
  readonly service: ServiceName
  readonly database?: HealthOptions['database']
  /** How long an answer may take, unless its route's contract says otherwise. */
  readonly routeDeadlineMs?: number
  /** Off at the gateway: the request id there is always our own. */
  readonly trustRequestId?: boolean
  readonly newRequestId: () => string
  /** Whom a request is from, where it is not the gateway's signed identity that says so. */
  readonly readActor?: (request: FastifyRequest) => Actor
  /** Proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies?: readonly string[]
  /** Sent with every answer that this server makes itself, beside the request id. */
  readonly answerHeaders?: Readonly<Record<string, string>>
}

const LONGEST_URL_PARAM = 200

/** A file of the largest size that a route takes, over a connection of some ten megabits a second. */
const LONGEST_REQUEST_MS = 60_000
const LONGEST_HEADERS_MS = 15_000

/** Longer than the longest wait for a query, so that the reason given is the query’s. */
const ROUTE_DEADLINE_MS = 10_000

/** A Fastify server with what every service has: problem documents, identity, health, metrics, limits, one log line a request. */
export function createServer(options: ServerOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    // A child logger per request costs more than the line it writes: ids are put into the line instead.
    childLoggerFactory: (logger) => logger,
    requestIdHeader: options.trustRequestId === false ? false : 'x-request-id',
    genReqId: options.newRequestId,
    requestTimeout: LONGEST_REQUEST_MS,
    keepAliveTimeout: 65_000,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: LONGEST_URL_PARAM },
    forceCloseConnections: 'idle',
    // A request that made it here is answered, however late.
    return503OnClosing: false,
    // Node would answer without a problem document; `refuseAmbiguous` does it instead.
    http: { requireHostHeader: false, headersTimeout: LONGEST_HEADERS_MS },
    trustProxy:
      options.trustedProxies === undefined || options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    frameworkErrors: (error, request, reply) =>
      sendError(error, request, reply.headers({ ...options.answerHeaders, 'x-request-id': request.id })),
    clientErrorHandler: (error, socket) => refuseMalformed(error, socket, options),
  }) as unknown as FastifyInstance
  let closing = false
  app.decorate('validateResponses', options.validateResponses ?? false)
  app.decorate('readActor', options.readActor ?? identityReader(options.internalSecret, options.service))
  // Not for the server as a whole: a timer a request is no small part of what a request costs that is only passed on.
  app.decorate('routeDeadlineMs', options.routeDeadlineMs ?? ROUTE_DEADLINE_MS)
  app.decorate('fingerprintKey', fingerprintKey(options.internalSecret))
  app.decorate('isClosing', () => closing)
  app.decorate('markClosing', () => {
    closing = true
  })

  // A machine that runs tests may be busier than a server ought to be: there, 0 turns the shedding of load off.
  app.register(underPressure, { maxEventLoopDelay: app.validateResponses ? 0 : 1_000, retryAfter: 1 })
  app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    zlibOptions: { level: 5 },
  })
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply))
  app.setNotFoundHandler((request, reply) => {
    const missing = new AppError(
      'not_found',
      'not_found',
      `There is no ${request.method} ${request.url.split('?')[0]}.`,
    )
    return sendProblem(reply, problemOf(missing, request.id))
  })
  addAnswerHeaders(app, options.answerHeaders)
  app.addHook('onRequest', rememberAnswer)
  refuseAmbiguous(app, (socket) => writeMalformed('', socket, options))
  observe(app, options)
  healthRoutes(app, options)
  app.get('/metrics', async (_request, reply) =>
    reply.type(options.metrics.contentType).send(await options.metrics.metrics()),
  )
  return app
}

function addAnswerHeaders(app: FastifyInstance, headers: Readonly<Record<string, string>> | undefined): void {
  if (headers === undefined) return
  app.addHook('onSend', (request, reply, payload, done) => {
    reply.headers(headers).header('x-request-id', request.id)
    done(null, payload)
  })
}

/** The answer to what came last on each connection. */
const answers = new WeakMap<Socket, ServerResponse>()

function rememberAnswer(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  answers.set(request.raw.socket, reply.raw)
  done()
}

/** Bytes that are not HTTP never become a request: the answer is written to the socket itself, which is then closed. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket, options: ServerOptions): void {
  // What follows a request that was to be the last is not read; the connection ends with the answer on its way.
  if (error.code === 'HPE_CLOSED_CONNECTION') return
  const answer = answers.get(socket)
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
  // Its body is malformed, but it was answered before that was read: a second answer would be taken for the next request's.
  else if (answer?.headersSent === true && !answer.req.complete) socket.destroySoon()
  else writeMalformed(error.code ?? '', socket, options)
}

function writeMalformed(parserCode: string, socket: Duplex, options: ServerOptions): void {
  const requestId = options.newRequestId()
  const { status, ...problem } = malformedProblem(parserCode, requestId)
  const body = JSON.stringify({ ...problem, status })
  const headers = {
    ...options.answerHeaders,
    'x-request-id': requestId,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${problem.title}\r\n${lines.join('')}\r\n${body}`)
}

/** Said of the answer that there would have been. */
const OF_THE_ANSWER = ['content-encoding', 'content-disposition', 'content-length', 'etag', 'location']

function sendProblem(reply: FastifyReply, problem: { status: number }): FastifyReply {
  for (const name of OF_THE_ANSWER) reply.removeHeader(name)
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem))
}

/** Expected failures become their problem document; anything else is logged whole and answered with nothing but the request id. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const expected = toAppError(error)
  if (expected === undefined) {
    request.log.error({ err: error, requestId: request.id }, 'request failed')
    return sendProblem(reply, internalProblem(request.id))
  }
  if (expected.retryAfterSeconds !== undefined) reply.header('retry-after', String(expected.retryAfterSeconds))
  if (expected.kind === 'unavailable' || expected.kind === 'timeout' || expected.kind === 'bad_gateway') {
    request.log.warn({ err: expected.cause ?? expected, requestId: request.id }, 'request could not be served')
  }
  return sendProblem(reply, problemOf(expected, request.id))
}

/** One line and one measurement per request. Health probes are not logged: they would be most of the log. */
function observe(app: FastifyInstance, options: ServerOptions): void {
  const slowMs = options.slowMs ?? 100
  // Nothing in the line is secret, and looking for secrets costs as much as the rest of it.
  const requestLog = options.logger.child({}, { redact: [] })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request’s headers to the end of the answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [options.metrics],
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    const durationMs = reply.elapsedTime
    durations.observe({ method: request.method, route, status: reply.statusCode }, durationMs / 1000)
    if (!route.startsWith('/health') && route !== '/metrics') {
      const line = {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        durationMs: Math.round(durationMs * 10) / 10,
      }
      if (durationMs > slowMs) requestLog.warn(line, 'slow request')
      else requestLog.info(line, 'request')
    }
    done()
  })
}
