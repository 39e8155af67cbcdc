import { allRoutes, type Route } from '@dealwire/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { send } from './client.ts'
import { expectDocumented, expectProblem, expectSuccess } from './expectations.ts'
import { makeWorld, worldFor } from './fixtures/make-world.ts'
import type { Request } from './fixtures/request.ts'
import { makeRequest, nameOf, toSent } from './fixtures/requests.ts'
import type { World } from './fixtures/world.ts'
import { apply, type Edit, editsOf } from './fuzz/edits.ts'
import { type Query, queriesOf, queryObject, queryText } from './fuzz/queries.ts'
import { jsonSchemaOf, nodesOf } from './fuzz/schema-nodes.ts'

/** Repeat a failure with the seed that it printed; more runs find more. */
const seed = Number(process.env.MATRIX_SEED ?? 20_261)
const runs = Number(process.env.MATRIX_RUNS ?? 50)

const fuzzed = allRoutes.filter((route) => route.raw !== true)
const withName = (route: Route) => [nameOf(route), route] as const

let common: World
let succeeded = 0
let refused = 0

beforeAll(async () => {
  common = await makeWorld()
})

describe.concurrent.each(fuzzed.map(withName))('%s', (_name, route) => {
  test('answers only what its contract lists, and takes nothing that it forbids', async () => {
    const world = await worldFor(route, common)
    const request = await makeRequest(route, world)
    // What ends its own session needs another one each time.
    const isLastOfSession = request.token !== undefined
    const ask = async (body: unknown, query: Query) => {
      const current = isLastOfSession ? await makeRequest(route, world) : request
      return send(toSent(route, { ...current, body, query: queryText(query) }, world.caller.token))
    }

    // Hashing a password is slow on purpose.
    const numRuns = isLastOfSession || 'password' in Object(request.body) ? Math.ceil(runs / 4) : runs
    await fc.assert(
      fc.asyncProperty(bodyEdits(route), queriesOf(route), async (edits, query) => {
        const body = route.body === undefined ? undefined : apply(request.body, edits)
        const answer = await ask(body, query)
        expectDocumented(route, answer)
        expect(answer.status, answer.text).toBeLessThan(500)
        if (answer.status < 400) succeeded++
        else refused++
        if (!isValid(route, body, query)) expectProblem(answer, 400)
      }),
      { numRuns, seed, interruptAfterTimeLimit: 150_000, markInterruptAsFailure: true },
    )
    expectSuccess(route, await meantAsItIs(route, world))
  })
})

afterAll(() => {
  // Values that are all refused, or all taken, would have tested little.
  const all = succeeded + refused
  expect(succeeded / all, `${succeeded} of ${all} succeeded`).toBeGreaterThan(0.2)
  expect(refused / all, `${refused} of ${all} were refused`).toBeGreaterThan(0.2)
})

function bodyEdits({ body }: Route): fc.Arbitrary<readonly Edit[]> {
  return body === undefined ? fc.constant([]) : editsOf(nodesOf(jsonSchemaOf(body)))
}

function isValid({ body: schema, query: querySchema }: Route, body: unknown, query: Query): boolean {
  if (schema !== undefined && !schema.safeParse(body).success) return false
  return querySchema === undefined ? query.length === 0 : querySchema.safeParse(queryObject(query)).success
}

/** Nothing above spoiled it for a request that is as it should be. */
async function meantAsItIs(route: Route, world: World) {
  const request: Request = await makeRequest(route, world)
  return send(toSent(route, request, world.caller.token))
}
