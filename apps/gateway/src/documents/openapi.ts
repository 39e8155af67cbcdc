import type { Route } from '@dealwire/contracts'
import { z } from 'zod'

type JsonObject = { readonly [key: string]: unknown }

/** The OpenAPI 3.1 document of these routes: everything in it comes from the contracts, so it cannot say anything else than they do. */
export function openApiDocument(routes: readonly Route[], serverUrl: string): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Dealwire',
      version: '1.0.0',
      description: 'Event-driven, multi-tenant CRM: deals, stock, phone calls and analytics behind one gateway.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl }],
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    security: [{ bearer: [] }],
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access token of `POST /v1/auth/login`, or an API key.',
        },
      },
    },
    paths,
  }
}

function operation(route: Route): JsonObject {
  const isOpen = route.permission === 'public' || route.permission === 'webhook'
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [tagOf(route)],
    ...(isOpen ? { security: [] } : { 'x-permission': route.permission }),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query'), ...headerParameters(route)],
    ...(route.body === undefined && route.raw !== true ? {} : { requestBody: requestBody(route) }),
    responses: responses(route, isOpen),
  }
}

/** `POST /v1/deals/:id/submit` → `post_deals_by_id_submit`: unique because method and path are. */
function operationId({ method, path }: Route): string {
  const words = path
    .replace(/^\/v1\//, '')
    .replaceAll(/:(\w+)/g, 'by_$1')
    .split(/[^A-Za-z0-9_]+/)
  return [method.toLowerCase(), ...words.filter((word) => word !== '')].join('_')
}

function tagOf({ path }: Route): string {
  return (
    path
      .replace(/^\/v1\//, '')
      .split('/')
      .find((part) => part !== '') ?? 'gateway'
  )
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    cycles: 'ref',
  })
  return rest
}

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query'): JsonObject[] {
  if (schema === undefined) return []
  const json = jsonSchema(schema, 'input') as { properties?: Record<string, JsonObject>; required?: string[] }
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (json.required ?? []).includes(name),
    schema: property,
  }))
}

function headerParameters({ method, idempotent }: Route): JsonObject[] {
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  })
  return [
    ...(idempotent === true
      ? [header('Idempotency-Key', 'The same key and body again answer what was answered before.')]
      : []),
    ...(method === 'PATCH'
      ? [header('If-Match', 'The version that the change is based on; another one is answered 412.')]
      : []),
  ]
}

function requestBody(route: Route): JsonObject {
  if (route.body === undefined) return { required: false, content: { '*/*': { schema: {} } } }
  return {
    required: !route.body.safeParse({}).success,
    content: { 'application/json': { schema: jsonSchema(route.body, 'input') } },
  }
}

function responses(route: Route, isOpen: boolean): JsonObject {
  const declared = Object.entries(route.responses).map(([status, schema]) => [status, response(Number(status), schema)])
  const always = [429, ...(isOpen ? [] : [401]), ...(isOpen || route.permission === 'any' ? [] : [403])]
  return {
    ...Object.fromEntries(always.map((status) => [String(status), response(status, null)])),
    ...Object.fromEntries(declared),
  }
}

function response(status: number, schema: z.ZodType | null): JsonObject {
  const description = status < 400 ? 'Success' : 'A problem document; `code` says which.'
  if (schema === null) return { description }
  return {
    description,
    content: {
      [status < 400 ? 'application/json' : 'application/problem+json']: { schema: jsonSchema(schema, 'output') },
    },
  }
}
