import type { Route } from '@dealwire/contracts'
import { z } from 'zod'
import type { SchemaBook } from './json-schemas.ts'
import type { JsonObject } from './tidy-schema.ts'

const text = (minLength: number, maxLength: number) => ({ type: 'string', minLength, maxLength })

/** Parameters that mean the same wherever they are taken. */
export const parameterComponents: Readonly<Record<string, JsonObject>> = {
  Limit: {
    name: 'limit',
    in: 'query',
    description: 'How many items a page has at most.',
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
  },
  Cursor: {
    name: 'cursor',
    in: 'query',
    description: '`page.nextCursor` of the page before, with the same sort and filters.',
    schema: text(1, 1_000),
  },
  Count: {
    name: 'count',
    in: 'query',
    description: '`exact` adds `page.total`: the number of all items that the filters let through.',
    schema: { type: 'string', const: 'exact' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes a repeated request safe: for 24 hours the same key with the same body (compared by meaning), method and path is answered as it was the first time.',
    schema: text(1, 255),
    example: '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9e',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description:
      'The ETag that the change is based on; when the resource has another version by now, nothing changes and the answer is 412.',
    schema: { type: 'string', pattern: '^("\\d{1,9}"|\\*)$' },
    example: '"3"',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag of what the client has; when that is current, the answer is 304 without a body.',
    schema: { type: 'string' },
    example: '"3"',
  },
  LastEventId: {
    name: 'Last-Event-ID',
    in: 'header',
    description: 'The `id` of the last event that the client has: the stream goes on after it.',
    schema: { type: 'string', pattern: '^\\d{1,15}$' },
    example: '4711',
  },
}

const shared = (name: string) => ({ $ref: `#/components/parameters/${name}` })
const sharedQuery: Readonly<Record<string, string>> = { limit: 'Limit', cursor: 'Cursor', count: 'Count' }

const meanings: Readonly<Record<string, string>> = {
  sort: 'A field, ascending; with `-` before it, descending.',
  q: 'Words to look for, ANDed; the shortest part of a word is two letters.',
  from: 'Begin of the window: a day of the company’s time zone, or an RFC 3339 time.',
  to: 'End of the window: a day (inclusive) or an RFC 3339 time (exclusive).',
  assignedToId: 'The id of a user, or `me`.',
  allowDuplicate: '`true` stores it although one like it exists, and links the two by `duplicateOfId`.',
  provider: 'Which provider’s form the request has.',
  connectionId: 'The id of a telephony connection.',
  token: 'The connection’s secret, for providers that cannot send credentials.',
}

export function parametersOf(route: Route, book: SchemaBook): JsonObject[] {
  const isList = route.query !== undefined && 'cursor' in route.query.shape
  return [
    ...declared(route.params, 'path', book, false),
    ...(route.query === undefined ? [] : declared(route.query, 'query', book, isList)),
    ...(route.idempotent === true ? [shared('IdempotencyKey')] : []),
    ...(412 in route.responses ? [shared('IfMatch')] : []),
    ...(readsVersion(route) ? [shared('IfNoneMatch')] : []),
    ...(route.stream?.mediaTypes.includes('text/event-stream') === true ? [shared('LastEventId')] : []),
  ]
}

function readsVersion({ method, responses }: Route): boolean {
  const found = responses[200]
  return method === 'GET' && found instanceof z.ZodObject && 'version' in found.shape
}

function declared(schema: z.ZodObject, place: 'path' | 'query', book: SchemaBook, isList: boolean): JsonObject[] {
  const { properties = {}, required = [] } = book.inline(schema) as {
    properties?: Record<string, JsonObject>
    required?: readonly string[]
  }
  return Object.entries(properties).map(([name, property]) => {
    const component = isList ? sharedQuery[name] : undefined
    if (component !== undefined) return shared(component)
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(meanings[name] === undefined ? {} : { description: meanings[name] }),
      schema: property,
    }
  })
}
