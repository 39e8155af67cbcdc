import { allRoutes, problemsOf, problemTypes } from '@dealwire/contracts'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, test } from 'vitest'
import { openApiDocument } from './openapi.ts'

type Operation = {
  operationId: string
  summary: string
  parameters: { name: string; in: string }[]
  requestBody?: { content: Record<string, { example?: unknown }> }
  responses: Record<string, { $ref?: string; content?: Record<string, { example?: unknown }> }>
}
type Content = Record<string, { examples: Record<string, unknown> }>

const document = openApiDocument(allRoutes, 'https://crm.example.net') as {
  paths: Record<string, Record<string, Operation>>
  components: { responses: Record<string, { content: Content }> }
}
const operationOf = ({ path, method }: (typeof allRoutes)[number]) =>
  document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]

test('a linter finds nothing to say, by its strictest rules', async () => {
  // An id is a UUID, so `/deals/{id}/history` and `/deals/exports/{id}` never mean the same; the rule looks at names only.
  const config = await createConfig({ extends: ['recommended-strict'], rules: { 'no-ambiguous-paths': 'off' } })
  const found = await lintFromString({ source: JSON.stringify(document), config })
  expect(found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([])
})

test('every route is one operation with an id and a title of its own', () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  expect(operations).toHaveLength(allRoutes.length)
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(allRoutes.length)
  for (const { summary, operationId } of operations) expect(summary, operationId).toMatch(/^[A-Z].{3,119}[^.]$/)
})

test('every parameter of a path is declared, and every answer of the contract', () => {
  for (const route of allRoutes) {
    const operation = operationOf(route)
    const declared = operation?.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
    expect(declared, route.path).toEqual([...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name))
    expect(Object.keys(operation?.responses ?? {}), route.path).toEqual(
      expect.arrayContaining(Object.keys(route.responses)),
    )
  }
})

test('every code that a route can answer is an example of its status', () => {
  for (const route of allRoutes) {
    for (const code of problemsOf(route)) {
      const [, name = ''] = operationOf(route)?.responses[problemTypes[code].status]?.$ref?.split('/responses/') ?? []
      const content = document.components.responses[name]?.content['application/problem+json']
      expect(Object.keys(content?.examples ?? {}), `${route.method} ${route.path}`).toContain(code)
    }
  }
})

test('a route that declares a conflict of its own says which', () => {
  const silent = allRoutes.filter(
    (route) => 409 in route.responses && !problemsOf(route).some((code) => problemTypes[code].status === 409),
  )
  expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([])
})

test('examples are accepted by the schemas they stand for', () => {
  for (const route of allRoutes) {
    const operation = operationOf(route)
    const sent = operation?.requestBody?.content['application/json']?.example
    if (route.body !== undefined)
      expect(route.body.safeParse(sent).error, `${route.method} ${route.path}`).toBeUndefined()
    for (const [status, schema] of Object.entries(route.responses)) {
      const [answered] = Object.values(operation?.responses[status]?.content ?? {}).map(({ example }) => example)
      if (schema !== null && Number(status) < 400) expect(schema.safeParse(answered).error, route.path).toBeUndefined()
    }
  }
})

test('an answer that is a stream has its own media types', () => {
  const { paths } = document
  expect(Object.keys(paths['/v1/stream']?.['get']?.responses['200']?.content ?? {})).toEqual(['text/event-stream'])
})

test('nothing of the library that made the schemas shows', () => {
  expect(JSON.stringify(document)).not.toMatch(/~standard|\$schema|\$defs|__shared|9007199254740991/)
})
