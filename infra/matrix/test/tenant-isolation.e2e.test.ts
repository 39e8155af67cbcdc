import { randomUUID } from 'node:crypto'
import { allRoutes, type Route } from '@dealwire/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { send } from './client.ts'
import { expectDocumented, expectProblem, expectSuccess, withoutIds } from './expectations.ts'
import { makeWorld, seenBy } from './fixtures/make-world.ts'
import type { Request } from './fixtures/request.ts'
import { makeRequest, nameOf, toSent } from './fixtures/requests.ts'
import type { World } from './fixtures/world.ts'

const takesId = allRoutes.filter((route) => route.path.includes(':') && route.permission !== 'webhook')
const NO_UUIDS = ['1', 'not-a-uuid', '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9', 'null', 'x'.repeat(150)]
const NO_PATHS = ['\u0000', '../../etc/passwd', '', ' ', '%', 'x'.repeat(5_000)]

let own: World
let other: World

beforeAll(async () => {
  ;[own, other] = await Promise.all([makeWorld(), makeWorld()])
})

const withName = (route: Route) => [nameOf(route), route] as const

describe.concurrent('an id in the path', () => {
  test.each(takesId.map(withName))('%s: another company’s looks like a missing one', async (_name, route) => {
    const [mine, theirs] = await Promise.all([makeRequest(route, own), makeRequest(route, other)])
    for (const name of Object.keys(mine.params)) {
      const foreign = theirs.params[name] ?? ''
      const missing = randomUUID()
      const asked = await ask(route, mine, { [name]: foreign })
      const unknown = await ask(route, mine, { [name]: missing })
      expectProblem(unknown, 404)
      expectProblem(asked, 404)
      expect(withoutIds(asked, [foreign])).toEqual(withoutIds(unknown, [missing]))
    }
    expectSuccess(route, await ask(route, mine, {}))
    // Nothing of what was tried above reached the other company.
    expectSuccess(route, await send(toSent(route, theirs, other.caller.token)))
  })

  test.each(takesId.map(withName))('%s: what is no UUID is refused', async (_name, route) => {
    const request = await makeRequest(route, own)
    for (const name of Object.keys(request.params)) {
      for (const malformed of NO_UUIDS)
        expectProblem(await ask(route, request, { [name]: malformed }), 400, 'validation_failed')
      for (const malformed of NO_PATHS) expectProblem(await ask(route, request, { [name]: malformed }), [400, 404])
    }
  })
})

function ask(route: Route, request: Request, params: Request['params']) {
  return send(toSent(route, { ...request, params: { ...request.params, ...params } }, own.caller.token))
}

describe.concurrent('an id in the body', () => {
  const takesBody = allRoutes.filter((route) => route.body !== undefined && route.permission !== 'public')
  test.each(takesBody.map(withName))('%s: another company’s looks like a missing one', async (_name, route) => {
    const [mine, theirs] = await Promise.all([makeRequest(route, own), makeRequest(route, other)])
    for (const [path, foreign] of idsOf(theirs.body)) {
      if (at(mine.body, path) === foreign) continue
      const missing = randomUUID()
      const asked = await send(toSent(route, { ...mine, body: setAt(mine.body, path, foreign) }, own.caller.token))
      const unknown = await send(toSent(route, { ...mine, body: setAt(mine.body, path, missing) }, own.caller.token))
      expectDocumented(route, asked)
      expect(asked.status, path.join('.')).toBe(unknown.status)
      // Of many at once each is answered on its own.
      if (asked.status === 207) expect(asked.text).toContain('"not_found"')
      else expect(asked.status, `${path.join('.')}: ${asked.text}`).toBeGreaterThanOrEqual(400)
      expect(withoutIds(asked, [foreign]), path.join('.')).toEqual(withoutIds(unknown, [missing]))
    }
  })
})

describe.concurrent('an id in the query', () => {
  const filtersById = allRoutes.filter((route) => 'limit' in (route.query?.shape ?? {}))
  test.each(filtersById.map(withName))('%s: another company’s finds nothing', async (_name, route) => {
    const request = await makeRequest(route, own)
    const foreign = await foreignIds()
    for (const key of Object.keys(route.query?.shape ?? {}).filter((name) => name.endsWith('Id'))) {
      for (const id of foreign) {
        const query = `${key}=${id}&count=exact`
        const answer = await send(toSent(route, { ...request, query }, own.caller.token))
        expectDocumented(route, answer)
        if (answer.status === 200) expect(answer.json, query).toMatchObject({ data: [], page: { total: 0 } })
      }
    }
  })
})

/** Ids of the other company, whatever of. */
async function foreignIds(): Promise<string[]> {
  return [other.caller.userId, ...(await Promise.all(other.entities.values()))]
}

describe.concurrent('another user’s', () => {
  const guarded = takesId.filter(
    ({ method, permission, responses }) => method !== 'GET' && permission !== 'any' && 403 in responses,
  )
  test.each(guarded.map(withName))('%s: scope `own` changes only what is its own', async (_name, route) => {
    const employee = seenBy(own, own.sessions.EMPLOYEE)
    if (!(await mayCall(route))) return
    const [mine, colleagues] = await Promise.all([makeRequest(route, employee), makeRequest(route, own)])
    const refused = await send(toSent(route, colleagues, employee.caller.token))
    expectProblem(refused, 403, 'forbidden')
    expectSuccess(route, await send(toSent(route, mine, employee.caller.token)))
  })
})

async function mayCall({ permission }: Route): Promise<boolean> {
  const { json } = await send({ method: 'GET', path: '/v1/auth/me', token: own.sessions.EMPLOYEE.token })
  return (json as { user: { permissions: string[] } }).user.permissions.includes(permission)
}

type Path = readonly (string | number)[]

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function idsOf(value: unknown, path: Path = []): [Path, string][] {
  if (typeof value === 'string') return UUID.test(value) && String(path.at(-1)) !== 'eventId' ? [[path, value]] : []
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    idsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value)
}

function setAt(body: unknown, path: Path, value: unknown): unknown {
  const copy: unknown = structuredClone(body)
  const parent = at(copy, path.slice(0, -1)) as Record<string | number, unknown>
  parent[path.at(-1) ?? ''] = value
  return copy
}
