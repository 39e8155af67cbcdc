import { z } from 'zod'
import type { Permission } from './permissions.ts'
import { problem } from './problem.ts'
import type { ProblemCode } from './problem-types.ts'

export const services = ['gateway', 'deals', 'inventory', 'telephony-ingest', 'analytics'] as const
export type ServiceName = (typeof services)[number]

/** `any`: every signed-in caller. `public`: nobody checked. `webhook`: the service checks the provider's signature. */
export type Access = Permission | 'any' | 'public' | 'webhook'

/** The limit that a call counts against; figures are in `rateClasses`. */
export type RateClass = 'default' | 'login' | 'register' | 'export' | 'webhook' | 'none'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type RouteSpec = {
  readonly method: Method
  /** `/v1/deals/:id`; every `:param` is a UUID unless `params` says otherwise. */
  readonly path: string
  readonly service: ServiceName
  readonly permission: Access
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** The answers by status. A `null` schema is an empty body. */
  readonly responses: Readonly<Record<number, z.ZodType | null>>
  /** What this route refuses by rules of its own; what every route may answer follows from the rest (`problemsOf`). */
  readonly errors?: readonly ProblemCode[]
  /** Said in the documents below the summary: decisions that the fields alone do not tell. */
  readonly description?: string
  /** Accepts `Idempotency-Key`. */
  readonly idempotent?: boolean
  /** The body reaches the service as raw bytes, whatever its content type; unknown query keys are allowed. */
  readonly raw?: boolean
  readonly bodyLimitBytes?: number
  readonly rateClass?: RateClass
  /** The answer is made while it is sent, so it is not JSON, and may take longer than other answers. */
  readonly stream?: StreamSpec
  /** The body is a file: the service reads it while it arrives, and it has no `body` schema. */
  readonly upload?: UploadSpec
}

export type UploadSpec = {
  readonly mediaTypes: readonly [string, ...string[]]
  /** From the request to its answer. */
  readonly deadlineMs: number
}

export type StreamSpec = {
  /** What the answer may be; the handler says which in `content-type`. */
  readonly mediaTypes: readonly [string, ...string[]]
  /** From the request to the last byte, however slowly the client reads. Null where the answer has no end. */
  readonly deadlineMs: number | null
}

export type Route<Spec extends RouteSpec = RouteSpec> = Spec & {
  readonly params: z.ZodObject
  readonly bodyLimitBytes: number
  readonly rateClass: RateClass
}

/** Requests per minute and key; every figure is multiplied by `RATE_LIMIT_SCALE`. */
export const rateClasses = {
  default: 6_000,
  anonymous: 300,
  login: 60,
  loginPerAccount: 10,
  register: 20,
  export: 1,
  webhook: 60_000,
} as const

const DEFAULT_BODY_LIMIT_BYTES = 1024 * 1024

function uuidParams(path: string): z.ZodObject {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  return z.strictObject(Object.fromEntries(names.map((name) => [name, z.uuid()])))
}

/** Declares an HTTP route as data: the gateway routes by it, the service validates by it, the documents are made from it. */
export function defineRoute<const Spec extends RouteSpec>(spec: Spec): Route<Spec> {
  return {
    ...spec,
    params: spec.params ?? uuidParams(spec.path),
    bodyLimitBytes: spec.bodyLimitBytes ?? DEFAULT_BODY_LIMIT_BYTES,
    rateClass: spec.rateClass ?? (spec.permission === 'webhook' ? 'webhook' : 'default'),
    responses: { 400: problem, ...spec.responses },
  }
}

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

export type BodyOf<R extends RouteSpec> = OutputOf<R['body']>
export type QueryOf<R extends RouteSpec> = OutputOf<R['query']>
/** What a service answers with: the schema of the route's success status. */
export type AnswerOf<R extends RouteSpec, Status extends keyof R['responses']> = OutputOf<R['responses'][Status]>
