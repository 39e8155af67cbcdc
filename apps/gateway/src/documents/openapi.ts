import type { Route } from '@dealwire/contracts'
import { problem } from '@dealwire/contracts'
import { operationNames, schemaNames } from './contract-names.ts'
import { conventions } from './conventions.ts'
import { headerComponents } from './headers.ts'
import { openSchemaBook } from './json-schemas.ts'
import { operation } from './operation.ts'
import { parameterComponents } from './parameters.ts'
import { problemExamples } from './problem-responses.ts'
import { tagsOf } from './tags.ts'
import type { JsonObject } from './tidy-schema.ts'

const securitySchemes = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of `POST /v1/auth/login`; lasts minutes, and is renewed at `POST /v1/auth/refresh`.',
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of the company, with the permissions it was given.',
  },
  webhookSecret: { type: 'http', scheme: 'basic', description: 'The id of a telephony connection and its secret.' },
}

/** The OpenAPI 3.1 document of these routes: everything in it comes from the contracts, so it cannot say anything else than they do. */
export function openApiDocument(routes: readonly Route[], serverUrl: string): JsonObject {
  const names = operationNames()
  const book = openSchemaBook(schemaNames(), routes.flatMap(parameterSchemas))
  const paths: Record<string, Record<string, JsonObject>> = {}
  const responses: Record<string, unknown> = {}
  for (const route of routes) {
    const name = names.get(route)
    if (name === undefined)
      throw new Error(`${route.method} ${route.path} is not exported by the contracts, so it has no name`)
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    const made = operation(route, name, book)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: made.operation }
    Object.assign(responses, made.responses)
  }
  const { tags, groups } = tagsOf(routes)
  const problemRef = book.ref(problem, 'output', 'Problem')
  return {
    openapi: '3.1.0',
    info: {
      title: 'Dealwire',
      version: '1.0.0',
      summary: 'Event-driven, multi-tenant CRM: deals, stock, phone calls and analytics behind one gateway.',
      description: conventions,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl }],
    tags,
    'x-tagGroups': groups,
    security: [{ accessToken: [] }, { apiKey: [] }],
    paths,
    components: {
      schemas: book.reachableFrom([paths, responses, problemRef]),
      responses,
      parameters: parameterComponents,
      headers: headerComponents,
      examples: usedExamples(responses),
      securitySchemes,
    },
  }
}

/** Of a route's path and query. */
function parameterSchemas({ params, query }: Route) {
  return query === undefined ? [params] : [params, query]
}

/** Codes of dead letters only are never an answer. */
function usedExamples(responses: JsonObject): JsonObject {
  const text = JSON.stringify(responses)
  return Object.fromEntries(
    Object.entries(problemExamples).filter(([code]) => text.includes(`"#/components/examples/${code}"`)),
  )
}
