import { allRoutes } from '@dealwire/contracts'
import { expect, test } from 'vitest'
import { docsPage } from './docs-page.ts'
import { openApiDocument } from './openapi.ts'

type Operation = { operationId: string; responses: Record<string, unknown>; parameters: { name: string; in: string }[] }

const document = openApiDocument(allRoutes, 'http://localhost') as { paths: Record<string, Record<string, Operation>> }
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))

test('every route is one operation with an id of its own', () => {
  expect(operations).toHaveLength(allRoutes.length)
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(allRoutes.length)
})

test('every parameter of a path is declared, and every answer of the contract', () => {
  for (const route of allRoutes) {
    const operation = document.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
    const declared = operation?.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
    expect(declared, route.path).toEqual([...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name))
    expect(Object.keys(operation?.responses ?? {}), route.path).toEqual(
      expect.arrayContaining(Object.keys(route.responses)),
    )
  }
})

test('the page names every route and loads nothing from elsewhere', () => {
  const page = docsPage(allRoutes)
  for (const { path } of allRoutes) expect(page).toContain(path)
  expect(page).not.toMatch(/https?:|<script/)
})
