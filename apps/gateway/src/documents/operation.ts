import { problemTypes, type Route, rateClasses, type StreamSpec } from '@dealwire/contracts'
import { z } from 'zod'
import { pascalCase } from './contract-names.ts'
import { exampleOf } from './examples.ts'
import { everywhere, type HeaderName, headers } from './headers.ts'
import type { SchemaBook } from './json-schemas.ts'
import { parametersOf } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import { tagOf } from './tags.ts'
import type { JsonObject } from './tidy-schema.ts'

/** One operation, and the response components that it refers to. */
export function operation(
  route: Route,
  id: string,
  book: SchemaBook,
): { operation: JsonObject; responses: JsonObject } {
  const problems = problemResponses(route)
  return {
    operation: {
      operationId: id,
      summary: titleOf(route),
      description: descriptionOf(route),
      tags: [tagOf(route)],
      ...securityOf(route),
      parameters: parametersOf(route, book),
      ...requestBodyOf(route, id, book),
      responses: { ...successesOf(route, id, book), ...problems.responses },
      'x-service': route.service,
      'x-rate-class': route.rateClass,
    },
    responses: problems.components,
  }
}

const LONG_TITLE = 90

/** The first sentence without its full stop, or its first part where it is long; the whole is in the description. */
function titleOf({ summary }: Route): string {
  const sentence = /^.+?(?=[.;:] |\.$|$)/s.exec(summary)?.[0] ?? summary
  const title = sentence.length <= LONG_TITLE ? sentence : (sentence.split(/, | \(/)[0] ?? sentence)
  return title.replaceAll('`', '')
}

function accessOf({ permission }: Route): string {
  switch (permission) {
    case 'public':
      return 'Open to everyone.'
    case 'webhook':
      return 'The service checks the provider’s signature or the connection’s secret.'
    case 'any':
      return 'Needs a signed-in caller.'
    default:
      return `Needs the permission \`${permission}\`.`
  }
}

function descriptionOf(route: Route): string {
  const { summary, rateClass, errors = [] } = route
  const perMinute = rateClass === 'none' ? undefined : rateClasses[rateClass]
  const refusals = errors.map((code) => `\`${code}\` (${problemTypes[code].status})`)
  return [
    summary.endsWith('.') ? summary : `${summary}.`,
    ...(route.description === undefined ? [] : [route.description]),
    accessOf(route),
    ...(refusals.length === 0 ? [] : [`Refuses by its own rules with ${refusals.join(', ')}.`]),
    ...(perMinute === undefined || rateClass === 'default'
      ? []
      : [`At most ${perMinute} a minute (class \`${rateClass}\`).`]),
  ].join('\n\n')
}

function securityOf({ permission }: Route): JsonObject {
  if (permission === 'public') return { security: [] }
  if (permission === 'webhook') return { security: [{ webhookSecret: [] }, {}] }
  return permission === 'any' ? {} : { 'x-permission': permission }
}

function requestBodyOf(route: Route, id: string, book: SchemaBook): JsonObject {
  if (route.raw === true && route.method !== 'GET') {
    return {
      requestBody: {
        description: `What the provider sends, at most ${route.bodyLimitBytes / 1024} KiB. For \`generic\`: the canonical batch.`,
        required: false,
        content: { '*/*': { schema: {} } },
      },
    }
  }
  if (route.upload !== undefined) {
    const file = { schema: { type: 'string', format: 'binary' } }
    return {
      requestBody: {
        description: `The file, at most ${route.bodyLimitBytes / 1024 / 1024} MiB.`,
        required: true,
        content: Object.fromEntries(route.upload.mediaTypes.map((type) => [type, file])),
      },
    }
  }
  if (route.body === undefined) return {}
  return {
    requestBody: {
      required: !route.body.safeParse({}).success,
      content: {
        'application/json': {
          schema: book.ref(route.body, 'input', `${pascalCase(id)}Request`),
          example: exampleOf(route.body, 'input'),
        },
      },
    },
  }
}

function successesOf(route: Route, id: string, book: SchemaBook): JsonObject {
  const successes = Object.entries(route.responses).filter(
    ([status, schema]) => Number(status) < 400 || schema === null,
  )
  const isVersioned = successes.some(([, schema]) => hasVersion(schema))
  return {
    ...Object.fromEntries(
      successes.map(([status, schema]) => [status, success(route, Number(status), schema, id, book)]),
    ),
    ...(route.method === 'GET' && isVersioned
      ? {
          304: {
            description: 'The version that If-None-Match names is the current one.',
            headers: headers(...everywhere, 'ETag'),
          },
        }
      : {}),
  }
}

const meanings: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Created.',
  202: 'Accepted.',
  204: 'Done; nothing to show.',
  207: 'Done for some of the items; `results` says for which.',
  206: 'The part that Range asks for.',
  416: 'There is no such part; `content-range` has the length.',
  308: 'The entity was merged into another one: `Location` is its path.',
}

function success(route: Route, status: number, schema: z.ZodType | null, id: string, book: SchemaBook): JsonObject {
  const own: HeaderName[] = [
    ...(hasVersion(schema) ? (['ETag'] as const) : []),
    ...((status === 201 && hasVersion(schema)) || status === 308 ? (['Location'] as const) : []),
    ...(route.idempotent === true ? (['Idempotency-Replayed'] as const) : []),
  ]
  const common = { description: meanings[status] ?? 'Done.', headers: headers(...everywhere, ...own) }
  if (schema === null) return common
  if (route.stream !== undefined && status === 200) return { ...common, content: streamContent(route.stream, schema) }
  const name = `${pascalCase(id)}${isPage(schema) ? 'Page' : 'Answer'}`
  return {
    ...common,
    content: { 'application/json': { schema: book.ref(schema, 'output', name), example: exampleOf(schema, 'output') } },
  }
}

function streamContent({ mediaTypes }: StreamSpec, schema: z.ZodType): JsonObject {
  const example = exampleOf(schema, 'output')
  return Object.fromEntries(mediaTypes.map((type) => [type, { schema: { type: 'string' }, example }]))
}

function hasVersion(schema: z.ZodType | null): boolean {
  return schema instanceof z.ZodObject && 'version' in schema.shape
}

function isPage(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && 'page' in schema.shape
}
