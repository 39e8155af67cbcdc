import { randomUUID } from 'node:crypto'
import { allRoutes, builtInRoles, type Permission, permissions, type Route, sampleOf } from '@dealwire/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Sent, send } from './client.ts'
import { expectDocumented, expectProblem, expectSuccess } from './expectations.ts'
import { makeWorld, seenBy, worldFor } from './fixtures/make-world.ts'
import { makeRequest, nameOf, pathOf, toSent } from './fixtures/requests.ts'
import { addKey, addUserOfRole, type Rights, rightsOf, type Session, type World } from './fixtures/world.ts'
import { forgedAuthorizations } from './forged-tokens.ts'

const withName = (route: Route) => [nameOf(route), route] as const
const isOpen = ({ permission }: Route) => permission === 'public' || permission === 'webhook'
const guarded = allRoutes.filter((route) => !isOpen(route))

/** Figures that are nobody's own: the permission is there, but scope `own` has nothing in them. */
const ofWholeCompany = new Set(['GET /v1/analytics/forecast/history'])

let world: World

beforeAll(async () => {
  world = await makeWorld()
})

/** A request whose content does not matter: who asks is looked at first. */
function anyRequest(route: Route): Sent {
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, randomUUID()])
  const body = route.body === undefined ? undefined : sampleOf(route.body)
  return { method: route.method, path: pathOf(route, Object.fromEntries(names)), body }
}

describe.concurrent('nobody gets in', () => {
  test.each(guarded.map(withName))('%s: without a token', async (_name, route) => {
    const answer = await send(anyRequest(route))
    expectProblem(answer, 401, 'unauthenticated')
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('with a token that is not good, on any route', async () => {
    const own = await makeWorld()
    const forged = await forgedAuthorizations(own.caller)
    // The key and claims that the forgeries are made of do get in: it is what is wrong with each that keeps it out.
    expect((await send({ method: 'GET', path: '/v1/auth/me', token: own.caller.token })).status).toBe(200)
    for (const [what, authorization] of Object.entries(forged)) {
      const answers = await Promise.all(
        guarded.map((route) => send({ ...anyRequest(route), headers: { authorization } })),
      )
      for (const [index, answer] of answers.entries()) {
        expect(answer.status, `${what}: ${guarded[index]?.method} ${guarded[index]?.path}`).toBe(401)
        expectProblem(answer, 401, 'unauthenticated')
      }
    }
  })
})

type Caller = { readonly name: string; readonly rights: Rights; readonly signIn: (world: World) => Promise<Session> }

/**
 * Half of the permissions each for a key and for a role, by their names: so of most entities something is allowed and something
 * is not. Both may create, for some things are one's own only if one made them; neither manages users, to whom they could give
 * only what they have themselves.
 */
const half = (remainder: number) =>
  permissions.filter(
    (permission) =>
      permission !== 'user:manage' && (permission.endsWith(':create') || sumOf(permission) % 2 === remainder),
  )

function sumOf(text: string): number {
  return Buffer.from(text).reduce((sum, byte) => sum + byte, 0)
}
const ofKey: Rights = { role: 'ADMIN', scope: 'all', permissions: half(0) }
const ofOwnRole: Rights = { role: 'HALF', scope: 'own', permissions: half(1) }

const callers: readonly Caller[] = [
  ...builtInRoles.map((role) => ({
    name: role,
    rights: rightsOf(role),
    signIn: async ({ sessions }: World) => sessions[role],
  })),
  { name: 'an API key', rights: ofKey, signIn: ({ sessions }) => addKey(sessions.ADMIN, ofKey) },
  {
    name: 'a role of the company’s own, for what is one’s own',
    rights: ofOwnRole,
    signIn: ({ sessions }) => addUserOfRole(sessions.ADMIN, ofOwnRole),
  },
]

describe.each(callers)('$name', ({ rights, signIn }) => {
  const { permissions, scope } = rights
  const mayCall = ({ permission }: Route) => permission === 'any' || permissions.includes(permission as Permission)
  const signedIn = new WeakMap<World, Promise<Session>>()

  /** Once in each company. */
  function sessionIn(world: World): Promise<Session> {
    const session = signedIn.get(world) ?? signIn(world)
    signedIn.set(world, session)
    return session
  }

  const forbidden = guarded.filter((route) => !mayCall(route))
  if (forbidden.length > 0)
    test.concurrent.each(forbidden.map(withName))('may not: %s', async (_name, route) => {
      const answer = await send({ ...anyRequest(route), token: (await sessionIn(world)).token })
      expectProblem(answer, 403, 'forbidden')
      expect(answer.text).toContain(`'${route.permission}'`)
    })

  test.concurrent.each(guarded.filter(mayCall).map(withName))('may: %s', async (_name, route) => {
    const company = await worldFor(route, world)
    const seen = seenBy(company, await sessionIn(company))
    const answer = await send(toSent(route, await makeRequest(route, seen), seen.caller.token))
    if (scope === 'own' && ofWholeCompany.has(nameOf(route))) expectProblem(answer, 403, 'forbidden')
    else expectSuccess(route, answer)
  })

  test('is told its permissions', async () => {
    const { json } = await send({ method: 'GET', path: '/v1/auth/me', token: (await sessionIn(world)).token })
    expect((json as { user: { permissions: string[] } }).user.permissions.toSorted()).toEqual(permissions.toSorted())
  })
})

describe.concurrent('open routes', () => {
  const open = allRoutes.filter(isOpen)

  test.each(open.map(withName))('%s: nobody needs to be signed in', async (_name, route) => {
    expectSuccess(route, await send(toSent(route, await makeRequest(route, world), undefined)))
  })

  const forAll = open.filter(({ permission }) => permission === 'public')
  test.each(forAll.map(withName))('%s: a bad token does not matter', async (_name, route) => {
    const headers = { authorization: 'Bearer garbage' }
    expectSuccess(route, await send({ ...toSent(route, await makeRequest(route, world), undefined), headers }))
  })

  const webhooks = open.filter(({ permission }) => permission === 'webhook')
  test.each(webhooks.map(withName))('%s: only with the credentials of this connection', async (_name, route) => {
    const [mine, another] = await Promise.all([makeRequest(route, world), makeRequest(route, world)])
    const { connectionId = '', ...rest } = another.params
    const wrong = [
      { ...mine, headers: another.headers, params: { ...rest, connectionId: mine.params.connectionId ?? '' } },
      { ...mine, params: { ...mine.params, connectionId } },
      { ...mine, params: { ...mine.params, connectionId: randomUUID() } },
      { ...mine, params: { ...mine.params, connectionId: 'not-a-uuid' } },
      { ...mine, params: { ...mine.params, provider: 'generic' } },
      { ...mine, params: { ...mine.params, provider: 'nobodys' } },
    ]
    const answers = await Promise.all(wrong.map((request) => send(toSent(route, request, world.caller.token))))
    for (const answer of answers) {
      expectProblem(answer, 401, 'unauthenticated')
      expectDocumented(route, answer)
    }
    const details = answers.map(({ json }) => (json as { detail: string }).detail)
    expect(new Set(details).size, 'each refusal says the same').toBe(1)
  })
})
