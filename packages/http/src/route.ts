import { pipeline, Readable, Transform } from 'node:stream'
import type { Actor, BodyOf, QueryOf, Route, UploadSpec } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Answer } from './answer.ts'
import { keepDeadline } from './deadline.ts'
import { matchesEtag } from './etag.ts'
import { type Idempotency, idempotencyOf } from './once.ts'
import { permissionProblem } from './permitted.ts'
import { invalidInput } from './problems.ts'

/** The names behind the colons of a path: `/v1/deals/:id` gives `id`. */
type ParamNames<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer Tail}`
    ? Name | ParamNames<Tail>
    : Rest
  : never

/** What a handler is given: everything parsed by the route's contract. */
export type Call<R extends Route> = {
  readonly actor: Actor
  readonly params: Readonly<Record<ParamNames<R['path']>, string>>
  readonly query: QueryOf<R>
  /** The file as it arrives, where the route takes one: destroyed with an error when it is larger than the route allows. */
  readonly body: R extends { readonly upload: UploadSpec } ? Readable : BodyOf<R>
  /** The version the caller believes is current; undefined when it did not say. */
  readonly ifMatch: number | undefined
  readonly idempotency: Idempotency | undefined
  readonly request: FastifyRequest
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The contract that a route serves; hooks act on it. */
    contract?: Route
  }
}

type Handler<R extends Route> = (call: Call<R>) => Promise<Answer>

/** Serves a route of the contract: parses by its schemas, calls the handler, sends the answer. */
export function route<R extends Route>(app: FastifyInstance, spec: R, handler: Handler<R>): void {
  const options = {
    method: spec.method,
    url: spec.path,
    config: { contract: spec },
    bodyLimit: spec.bodyLimitBytes,
    onRequest: keepDeadline(deadlineMs(spec) ?? app.routeDeadlineMs),
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const answer = await handler(callOf(spec, request))
      if (app.validateResponses) checkAnswer(spec, answer)
      return send(request, reply, answer)
    },
  }
  if (spec.upload !== undefined) {
    serveUpload(app, spec, options)
    return
  }
  if (spec.raw !== true) {
    // After the plugins: one that watches routes being added, such as compression, must be there first.
    app.after(() => {
      app.route(options)
    })
    return
  }
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: spec.bodyLimitBytes }, (_request, body, done) =>
      done(null, body),
    )
    scope.route(options)
    done()
  })
}

/** The file is not read here: the handler does, as fast as it can use it. */
function serveUpload(app: FastifyInstance, spec: Route, options: Parameters<FastifyInstance['route']>[0]): void {
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser([...(spec.upload?.mediaTypes ?? [])], (_request, payload, parsed) => {
      // Whatever ends early, the reader hears of it: from its stream, so nothing is left to do here.
      parsed(
        null,
        pipeline(payload, new Limit(spec.bodyLimitBytes), () => undefined),
      )
    })
    scope.route(options)
    done()
  })
}

/** Passes on what comes until it is too much. */
class Limit extends Transform {
  #left: number

  constructor(bytes: number) {
    super()
    this.#left = bytes
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: Error | null, chunk?: Buffer) => void,
  ): void {
    this.#left -= chunk.length
    if (this.#left >= 0) done(null, chunk)
    else done(new AppError('too_large', 'body_too_large', 'The file is larger than this route accepts.'))
  }
}

function deadlineMs({ stream, upload }: Route): number | null | undefined {
  return upload === undefined ? stream?.deadlineMs : upload.deadlineMs
}

function callOf<R extends Route>(spec: R, request: FastifyRequest): Call<R> {
  const actor = request.server.readActor(request)
  // The gateway has looked already. That it did is not taken for granted where the data is.
  const problem = permissionProblem(spec, actor.companyId === '' ? null : actor)
  if (problem !== undefined) throw problem
  const params = parse(spec.params, request.params, 'path') as Call<R>['params']
  const query = spec.query === undefined ? unexpectedQuery(spec, request) : parseQuery(spec.query, request.query)
  const body = bodyOf(spec, request)
  return {
    actor,
    params,
    query: query as QueryOf<R>,
    body: body as Call<R>['body'],
    ifMatch: ifMatchOf(request),
    idempotency: spec.idempotent === true ? readIdempotency(request, actor) : undefined,
    request,
  }
}

function parse(schema: z.ZodType, value: unknown, part: 'body' | 'query' | 'path'): unknown {
  const parsed = safely(schema, value, part)
  if (!parsed.success) throw invalidInput(part, parsed.error)
  return parsed.data
}

/** A schema that lets some unknown keys through, as filters by custom fields are, would drop this one without a word. */
function parseQuery(schema: z.ZodType, query: unknown): unknown {
  if (query !== null && typeof query === 'object' && Object.hasOwn(query, '__proto__')) parse(nothing, query, 'query')
  return parse(schema, query, 'query')
}

/** A schema of any JSON calls itself for each level: what is nested too deeply for the stack is the caller's fault. */
function safely(schema: z.ZodType, value: unknown, part: 'body' | 'query' | 'path') {
  try {
    return schema.safeParse(value)
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(part, error) : error
  }
}

function tooDeep(part: string, cause: RangeError): AppError {
  return new AppError('invalid', 'validation_failed', `The ${part} is not valid: it is nested too deeply.`, { cause })
}

function bodyOf(spec: Route, request: FastifyRequest): unknown {
  if (spec.upload !== undefined) return fileOf(spec.upload, request)
  return spec.body === undefined ? rawBody(spec, request) : parse(spec.body, request.body ?? {}, 'body')
}

function fileOf({ mediaTypes }: UploadSpec, { body }: FastifyRequest): Readable {
  if (body instanceof Readable) return body
  const message = `Send the file as the body, with content-type ${mediaTypes.join(' or ')}.`
  throw new AppError('unsupported_media_type', 'unsupported_media_type', message)
}

const nothing = z.strictObject({})

function unexpectedQuery(spec: Route, request: FastifyRequest): unknown {
  return spec.raw === true ? request.query : parse(nothing, request.query, 'query')
}

function rawBody(spec: Route, request: FastifyRequest): unknown {
  if (spec.raw === true) return request.body ?? Buffer.alloc(0)
  if (request.body !== undefined && request.body !== null) parse(nothing, request.body, 'body')
  return undefined
}

function ifMatchOf(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match']
  if (header === undefined || header === '*') return undefined
  const [, digits] = /^"(\d{1,9})"$/.exec(header) ?? []
  if (digits === undefined)
    throw new AppError(
      'invalid',
      'malformed_if_match',
      `If-Match must be a version in quotes such as "3", not '${header}'.`,
    )
  return Number(digits)
}

function readIdempotency(request: FastifyRequest, actor: Actor): Idempotency | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || key.length < 1 || key.length > 255) {
    throw new AppError('invalid', 'malformed_idempotency_key', 'Idempotency-Key must have 1 to 255 characters.')
  }
  return idempotencyOf({ actor, key, fingerprintKey: request.server.fingerprintKey }, request)
}

function send(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status)
  if (answer.headers !== undefined) reply.headers(answer.headers)
  const etag = answer.headers?.etag
  if (etag !== undefined && isKnown(request, etag)) return reply.code(304).send()
  if (answer.body === undefined) return reply.send()
  if (answer.body instanceof Readable) return sendStream(request, reply, answer.body)
  if (!reply.hasHeader('content-type')) reply.type('application/json; charset=utf-8')
  return reply.send(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
}

/** Whether who asks has this version already. */
function isKnown({ method, headers }: FastifyRequest, etag: string): boolean {
  return (method === 'GET' || method === 'HEAD') && matchesEtag(headers['if-none-match'], etag)
}

function sendStream(request: FastifyRequest, reply: FastifyReply, source: Readable): FastifyReply {
  if (request.method !== 'HEAD') return reply.send(source)
  // The framework would read all of it and throw it away.
  source.destroy()
  return reply.send('')
}

/** Only in tests: an answer that breaks its contract is a defect, and fails the request that found it. */
function checkAnswer(spec: Route, answer: Answer): void {
  // A contract describes JSON; problems are checked where they are made, and webhooks may answer in the provider's format.
  if ((answer.headers?.['content-type'] ?? 'application/json') !== 'application/json') return
  if (!(answer.status in spec.responses))
    throw new Error(`${spec.method} ${spec.path} answered ${answer.status}, which its contract does not list`)
  const schema = spec.responses[answer.status]
  if (schema === null || schema === undefined) return
  const value: unknown =
    typeof answer.body === 'string' ? JSON.parse(answer.body) : JSON.parse(JSON.stringify(answer.body))
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw new Error(`${spec.method} ${spec.path} broke its contract: ${z.prettifyError(parsed.error)}`)
}
