import type { JsonObject } from './tidy-schema.ts'

const text = { type: 'string' }
const count = { type: 'integer', minimum: 0 }

const header = (description: string, schema: JsonObject, example: unknown) => ({ description, schema, example })

/** Headers of answers, by the name of their component. */
export const headerComponents: Readonly<Record<string, JsonObject>> = {
  RequestId: header(
    'Names this request in our log; quote it when you report a problem.',
    { type: 'string', format: 'uuid' },
    '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9e',
  ),
  RateLimitLimit: header('Requests per minute that the caller may send.', count, 6000),
  RateLimitRemaining: header('How many of them are left.', count, 5999),
  RateLimitReset: header('Seconds until some are free again.', count, 60),
  RetryAfter: header('Seconds after which a retry makes sense.', count, 1),
  ETag: header(
    'The version of the resource: send it back as If-Match with a change, as If-None-Match with a read.',
    text,
    '"3"',
  ),
  Location: header(
    'Path of the resource.',
    { type: 'string', format: 'uri-reference' },
    '/v1/deals/0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9e',
  ),
  IdempotencyReplayed: header(
    '`true` when the answer is a stored one: the request had been done before.',
    { type: 'string', const: 'true' },
    'true',
  ),
}

const names = {
  'x-request-id': 'RequestId',
  'ratelimit-limit': 'RateLimitLimit',
  'ratelimit-remaining': 'RateLimitRemaining',
  'ratelimit-reset': 'RateLimitReset',
  'Retry-After': 'RetryAfter',
  ETag: 'ETag',
  Location: 'Location',
  'Idempotency-Replayed': 'IdempotencyReplayed',
} as const

export type HeaderName = keyof typeof names

/** On every answer. */
export const everywhere: readonly HeaderName[] = [
  'x-request-id',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
]

export function headers(...wanted: readonly HeaderName[]): JsonObject {
  return Object.fromEntries(wanted.map((name) => [name, { $ref: `#/components/headers/${names[name]}` }]))
}
