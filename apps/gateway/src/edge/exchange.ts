import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '@dealwire/errors'
import type { FastifyReply } from 'fastify'
import type { Dispatcher } from 'undici'
import { responseHeaders } from './response-headers.ts'

/** How an exchange ended, as far as the service is concerned. */
export type Outcome = 'answered' | 'failed' | 'abandoned'

export type ExchangeOptions = {
  readonly service: string
  readonly reply: FastifyReply
  readonly securityHeaders: readonly string[]
  /** How long the service may be silent before it answers. */
  readonly timeoutMs: number
  /** How long it may be silent in the middle of its answer. */
  readonly silenceMs: number
  /** How long the client may read nothing of an answer that waits for it, and hold a connection to the service meanwhile. */
  readonly stallMs: number
  /** Sends the request, again if it may be repeated and the connection broke before any answer. */
  readonly send: (handler: Dispatcher.DispatchHandler) => void
  readonly isRepeatable: boolean
  /** The service ends this connection with its answer: it is about to stop. */
  readonly onFarewell: () => void
  /** Hands an error to the framework, which answers it. */
  readonly refuse: (error: Error) => void
  readonly onEnd: (exchange: Exchange, outcome: Outcome) => void
}

/** A connection that the service closed while the request was on its way. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/** One request on its way to a service and its answer on the way back, chunk by chunk, without a stream in between. */
export class Exchange implements Dispatcher.DispatchHandler {
  deadlineAt: number
  /** Where it stands among those in flight; theirs to keep. */
  place = -1
  readonly #options: ExchangeOptions
  #controller: Dispatcher.DispatchController | undefined
  #stage: 'waiting' | 'answering' | 'over' = 'waiting'
  #attempts = 0
  /** It is the client who is waited for: it does not read. */
  #isStalled = false

  constructor(options: ExchangeOptions) {
    this.#options = options
    this.deadlineAt = performance.now() + options.timeoutMs
    options.reply.raw.once('close', () => this.#clientClosed())
  }

  start(): void {
    if (this.#stage === 'over') return
    this.#attempts++
    this.#options.send(this)
  }

  /** The service took too long; or the client did, which says nothing about the service. */
  expire(): void {
    const { service, reply } = this.#options
    if (this.#isStalled) reply.raw.destroy()
    else if (this.#stage === 'waiting' && reply.request.raw.complete === false) this.reject(bodyTooSlow())
    else this.#fail(tooLate(service))
  }

  /** Refuses a request for its body, of which the service has had nothing, or not all. */
  reject(error: AppError): void {
    if (this.#stage !== 'waiting') return
    this.#end('abandoned')
    this.#controller?.abort(error)
    this.#options.reply.header('connection', 'close') // what is still on its way is not read
    this.#options.refuse(error)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#stage === 'over') controller.abort(new Error('nobody waits for the answer'))
  }

  onBodySent(): void {
    this.deadlineAt = Math.max(this.deadlineAt, performance.now() + this.#options.timeoutMs)
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (this.#stage !== 'waiting' || status < 200) return
    const { reply, securityHeaders, onFarewell } = this.#options
    if (headers.connection === 'close') onFarewell()
    reply.hijack()
    reply.raw.writeHead(status, responseHeaders(reply, securityHeaders, headers))
    this.#stage = 'answering'
    this.deadlineAt = performance.now() + this.#options.silenceMs
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#stage !== 'answering') return
    const { reply, silenceMs, stallMs } = this.#options
    this.deadlineAt = performance.now() + silenceMs
    if (reply.raw.write(chunk)) return
    controller.pause()
    this.#isStalled = true
    this.deadlineAt = performance.now() + stallMs
    reply.raw.once('drain', () => {
      this.#isStalled = false
      this.deadlineAt = performance.now() + silenceMs
      controller.resume()
    })
  }

  onResponseEnd(): void {
    if (this.#stage !== 'answering') return
    this.#end('answered')
    this.#options.reply.raw.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#stage === 'over') return
    const { raw } = this.#options.reply.request
    if (raw.destroyed && !raw.complete) this.#clientClosed()
    else if (this.#mayRepeat(error)) this.start()
    else this.#fail(upstreamError(this.#options.service, error))
  }

  #mayRepeat(error: Error): boolean {
    return this.#stage === 'waiting' && this.#options.isRepeatable && this.#attempts === 1 && BROKEN.has(codeOf(error))
  }

  #clientClosed(): void {
    if (this.#stage === 'over') return
    this.#end('abandoned')
    this.#controller?.abort(new Error('the client went away'))
  }

  #fail(error: AppError): void {
    if (this.#stage === 'over') return
    const wasWaiting = this.#stage === 'waiting'
    this.#end(error.kind === 'invalid' ? 'abandoned' : 'failed')
    this.#controller?.abort(error)
    // Half an answer cannot be taken back; a connection that breaks tells the client that it is not whole.
    if (wasWaiting) this.#options.refuse(error)
    else this.#options.reply.raw.destroy()
  }

  #end(outcome: Outcome): void {
    this.#stage = 'over'
    this.#options.onEnd(this, outcome)
  }
}

function bodyTooSlow(): AppError {
  return new AppError('request_timeout', 'request_timeout', 'The body of the request did not arrive in time.')
}

function tooLate(service: string): AppError {
  return new AppError('timeout', 'upstream_timeout', `The service '${service}' did not answer in time.`, {
    retryAfterSeconds: 1,
  })
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function upstreamError(service: string, error: Error): AppError {
  const code = codeOf(error)
  if (
    code === 'ECONNREFUSED' ||
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    code === 'ENOTFOUND' ||
    code === 'EHOSTUNREACH'
  ) {
    return new AppError(
      'unavailable',
      'upstream_unavailable',
      `The service '${service}' cannot be reached; try again in a moment.`,
      { cause: error, retryAfterSeconds: 1 },
    )
  }
  if (code.startsWith('UND_ERR_INVALID_ARG')) {
    return new AppError('invalid', 'malformed_request', 'The request has a path or header that cannot be forwarded.', {
      cause: error,
    })
  }
  return new AppError(
    'bad_gateway',
    'upstream_failed',
    `The service '${service}' did not finish its answer; try again in a moment.`,
    { cause: error, retryAfterSeconds: 1 },
  )
}
