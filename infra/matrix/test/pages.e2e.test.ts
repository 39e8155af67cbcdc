import { allRoutes, MAX_PAGE_LIMIT, type Route } from '@dealwire/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Answer, send } from './client.ts'
import { expectProblem, expectSuccess } from './expectations.ts'
import { makeWorld } from './fixtures/make-world.ts'
import type { Request } from './fixtures/request.ts'
import { makeRequest, nameOf, toSent } from './fixtures/requests.ts'
import type { World } from './fixtures/world.ts'

type Page = { readonly data: readonly unknown[]; readonly page: Readonly<Record<string, unknown>> }
type Ask = (query: string) => Promise<Answer>

const isPage = ({ responses }: Route) => {
  const shape = responses[200] && 'shape' in responses[200] ? responses[200].shape : {}
  return typeof shape === 'object' && shape !== null && 'data' in shape && 'page' in shape
}
const lists = allRoutes.filter((route) => 'limit' in (route.query?.shape ?? {}))
const withName = (route: Route) => [nameOf(route), route] as const

let world: World

beforeAll(async () => {
  world = await makeWorld()
})

/** The list with three items in it, where there is a way to make them. */
async function filled(route: Route): Promise<Ask> {
  const post = allRoutes.find(({ method, path }) => method === 'POST' && path === route.path)
  const request: Request = await makeRequest(route, world)
  if (post !== undefined)
    for (let count = 0; count < 3; count++) {
      const made = await makeRequest(post, world)
      expectSuccess(post, await send(toSent(post, { ...made, params: request.params }, world.caller.token)))
    }
  return (query) => send(toSent(route, { ...request, query }, world.caller.token))
}

test('every list is a page, and every page has limits', () => {
  expect(lists.map(nameOf)).toEqual(allRoutes.filter(isPage).map(nameOf))
})

describe.concurrent.each(lists.map(withName))('%s', (_name, route) => {
  test('limit: 1 to 100, else 400', async () => {
    const ask = await filled(route)
    for (const limit of ['0', '101', '-1', 'abc', '1.5', '', '1e1', '99999999999999999999', '1&limit=2', '%00', '+5']) {
      expectProblem(await ask(`limit=${limit}`), 400, 'validation_failed')
    }
    for (const limit of [1, MAX_PAGE_LIMIT]) {
      const answer = await ask(`limit=${limit}`)
      expectSuccess(route, answer)
      expect((answer.json as Page).page.limit).toBe(limit)
      expect((answer.json as Page).data.length).toBeLessThanOrEqual(limit)
    }
    expect(((await ask('')).json as Page).page.limit).toBe(20)
  })

  test('count: exact, else 400', async () => {
    const ask = await filled(route)
    for (const count of ['yes', 'true', '', '1']) expectProblem(await ask(`count=${count}`), 400, 'validation_failed')
    expect(((await ask('')).json as Page).page).not.toHaveProperty('total')
    // Other tests add to the list meanwhile: the total lies between what was there before and after.
    const before = await walk(ask)
    const { page } = (await ask('limit=1&count=exact')).json as Page
    const after = await walk(ask)
    expect(page.total).toBeGreaterThanOrEqual(before.length)
    expect(page.total).toBeLessThanOrEqual(after.length)
  })

  test('sort: from the list, else 400; page after page each item once', async () => {
    const ask = await filled(route)
    for (const sort of ['nobodys', '', 'id', '-', '--createdAt', 'createdAt,name', 'created_at', 'createdAt;--']) {
      expectProblem(await ask(`sort=${encodeURIComponent(sort)}`), 400, 'validation_failed')
    }
    for (const sort of sortsOf(route)) {
      expectSuccess(route, await ask(`sort=${sort}`))
      const ids = await walk(ask, sort)
      expect(new Set(ids).size, `sort=${sort}`).toBe(ids.length)
    }
  })

  test('cursor: one of this list with these filters, else 400', async () => {
    const ask = await filled(route)
    const garbage = ['garbage', '', 'e30', 'bnVsbA', '%00', '%ff', '{}', 'x'.repeat(1_001), btoa('["a","b","c"]')]
    for (const cursor of garbage) expectProblem(await ask(`cursor=${cursor}`), 400)
    const { nextCursor } = ((await ask('limit=1')).json as Page).page
    if (typeof nextCursor !== 'string') return
    expectSuccess(route, await ask(`limit=1&cursor=${nextCursor}`))
    expectProblem(await ask(`cursor=${nextCursor.slice(0, -2)}`), 400)
    expectProblem(await ask(`cursor=${nextCursor}${nextCursor}`), 400)
    const [otherSort] = sortsOf(route).filter((sort) => sort !== defaultSortOf(route))
    if (otherSort !== undefined) expectProblem(await ask(`sort=${otherSort}&cursor=${nextCursor}`), 400)
  })

  test('unknown and repeated keys: 400', async () => {
    const ask = await filled(route)
    for (const query of ['unknown=1', 'Limit=1', 'limit[]=1', '__proto__=1', 'constructor=1', 'offset=0', 'page=1']) {
      expectProblem(await ask(query), 400, 'validation_failed')
    }
    expectProblem(await ask('count=exact&count=exact'), 400, 'validation_failed')
  })
})

const MAX_PAGES = 30

/** The ids of the list, page after page. Ends after a number of pages: other tests add while it walks. */
async function walk(ask: Ask, sort?: string): Promise<string[]> {
  const ids: string[] = []
  let cursor = ''
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const limit = sort === undefined ? MAX_PAGE_LIMIT : 7
    const answer = await ask(`limit=${limit}${sort === undefined ? '' : `&sort=${sort}`}${cursor}`)
    const { data, page } = answer.json as Page
    ids.push(...data.map((item) => (item as { id?: string }).id ?? JSON.stringify(item)))
    if (page.nextCursor === null) break
    expect(data.length).toBe(limit)
    cursor = `&cursor=${page.nextCursor}`
  }
  return ids
}

function sortsOf({ query }: Route): string[] {
  return sortOf(query).unwrap().options
}

function defaultSortOf({ query }: Route): unknown {
  return sortOf(query).parse(undefined)
}

function sortOf(query: Route['query']) {
  return z.object({ sort: z.custom<z.ZodDefault<z.ZodEnum<Record<string, string>>>>() }).parse(query?.shape).sort
}
