import type { Route, ServiceName } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Dispatcher, Pool } from 'undici'
import { bodyTooLarge } from './admit.ts'
import { Breaker, type BreakerState } from './breaker.ts'
import { Exchange, type Outcome } from './exchange.ts'
import { identitySigner } from './identity-headers.ts'
import { collectBody, planBody } from './request-body.ts'
import { requestHeaders } from './request-headers.ts'

export type UpstreamOptions = {
  readonly service: ServiceName
  readonly url: string
  readonly connections: number
  readonly timeoutMs: number
  readonly stallMs: number
  readonly internalSecret: string
  readonly securityHeaders: Readonly<Record<string, string>>
}

/** A service behind the gateway. */
export type Upstream = {
  readonly service: ServiceName
  /** Passes the request on and the answer back; `refuse` gets the error when there is no answer to pass. */
  forward(spec: Route, request: FastifyRequest, reply: FastifyReply, refuse: (error: Error) => void): void
  /** Throws unless the service says that it is up. */
  check(): Promise<void>
  state(): { readonly breaker: BreakerState; readonly inFlight: number }
  close(): Promise<void>
}

/** Requests that wait for a connection, per connection: beyond that the service is so far behind that waiting is of no use. */
const QUEUE_PER_CONNECTION = 8
const SWEEP_MS = 250
/** What is made while it is sent may pause for a batch; other answers are sent in one go. */
const STREAM_SILENCE_MS = 30_000
const REPEATABLE = new Set(['GET', 'HEAD'])

export function openUpstream(options: UpstreamOptions): Upstream {
  const { service, timeoutMs, stallMs } = options
  let pool = openPool(options)
  const breaker = new Breaker()
  // Not a Set: one that is added to and deleted from all the time is copied again and again, each copy refers to the next, and
  // once one of them is old, every later copy and all that was in it lives until the next collection of everything.
  const inFlight: Exchange[] = []
  const maxInFlight = options.connections * (1 + QUEUE_PER_CONNECTION)
  const securityHeaders = Object.entries(options.securityHeaders).flat()
  const identityOf = identitySigner(options.internalSecret, service)
  // One timer for all: a timer per request would cost more than the request's own bookkeeping.
  const sweep = setInterval(expireLate, SWEEP_MS).unref()

  function expireLate(): void {
    const now = performance.now()
    for (const exchange of inFlight.filter(({ deadlineAt }) => deadlineAt <= now)) exchange.expire()
  }

  /** The last one takes the place of the one that goes. */
  function remove(exchange: Exchange): void {
    const last = inFlight.pop()
    if (last === undefined || last === exchange) return
    inFlight[exchange.place] = last
    last.place = exchange.place
  }

  function onEnd(exchange: Exchange, outcome: Outcome): void {
    remove(exchange)
    if (outcome === 'answered') breaker.succeeded()
    else if (outcome === 'failed') breaker.failed()
    else breaker.abandoned()
  }

  function forward(spec: Route, request: FastifyRequest, reply: FastifyReply, refuse: (error: Error) => void): void {
    if (inFlight.length >= maxInFlight) refuse(unavailable(service, 'upstream_overloaded', 'has too much to do'))
    else if (breaker.admits()) exchange(spec, request, reply, refuse)
    else refuse(unavailable(service, 'upstream_unavailable', 'does not answer'))
  }

  /** A service that is about to stop would end idle connections too, maybe under a request on its way: we end them first. */
  function leave(left: Pool): void {
    if (left !== pool) return
    pool = openPool(options)
    left.close().catch(() => undefined) // who waits for an answer is told what became of it
  }

  function exchange(spec: Route, request: FastifyRequest, reply: FastifyReply, refuse: (error: Error) => void): void {
    const { raw } = request
    let used = pool
    const dispatch: Dispatcher.DispatchOptions = {
      path: raw.url ?? '/',
      method: raw.method as Dispatcher.HttpMethod,
      headers: requestHeaders(request, identityOf(request.caller), spec.raw === true),
    }
    const made = new Exchange({
      service,
      reply,
      securityHeaders,
      timeoutMs: spec.upload?.deadlineMs ?? timeoutMs,
      stallMs,
      silenceMs: spec.stream === undefined ? timeoutMs : STREAM_SILENCE_MS,
      send: (handler) => {
        used = pool
        used.dispatch(dispatch, handler)
      },
      onFarewell: () => leave(used),
      isRepeatable: REPEATABLE.has(dispatch.method),
      refuse,
      onEnd,
    })
    made.place = inFlight.push(made) - 1
    sendWithBody(spec, request, dispatch, made)
  }

  return {
    service,
    forward,
    state: () => ({ breaker: breaker.state, inFlight: inFlight.length }),
    async check() {
      const { statusCode, body } = await pool.request({
        method: 'GET',
        path: '/health',
        headersTimeout: 1_000,
        bodyTimeout: 1_000,
      })
      await body.dump()
      if (statusCode !== 200) throw new Error(`answered ${statusCode}`)
    },
    async close() {
      clearInterval(sweep)
      await pool.close()
    },
  }
}

function openPool({ url, connections, timeoutMs }: UpstreamOptions): Pool {
  return new Pool(url, {
    connections,
    pipelining: 1,
    connectTimeout: Math.min(2_000, timeoutMs),
    // Below the services' own, so that the gateway is who closes an idle connection.
    keepAliveTimeout: 30_000,
    keepAliveMaxTimeout: 60_000,
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

function sendWithBody(
  spec: Route,
  request: FastifyRequest,
  dispatch: Dispatcher.DispatchOptions,
  exchange: Exchange,
): void {
  const plan = planBody(request.raw, spec.bodyLimitBytes, spec.raw === true)
  switch (plan.kind) {
    case 'none':
      exchange.start()
      return
    case 'stream':
      dispatch.body = request.raw
      if (plan.length !== undefined) (dispatch.headers as string[]).push('content-length', plan.length)
      exchange.start()
      return
    case 'collect':
      collectBody(request.raw, plan.maxBytes, (body) => {
        if (body === undefined) {
          exchange.reject(bodyTooLarge(spec))
        } else {
          dispatch.body = body
          exchange.start()
        }
      })
  }
}

function unavailable(service: ServiceName, code: string, why: string): AppError {
  return new AppError('unavailable', code, `The service '${service}' ${why}; try again in a moment.`, {
    retryAfterSeconds: 1,
  })
}
