import type { Cache } from '@dealwire/cache'
import type { Actor, Envelope } from '@dealwire/contracts'
import { type Database, type Replica, withTx } from '@dealwire/db/client'
import type { AnyEvent } from '@dealwire/messaging'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { identityHeaders, TEST_INTERNAL_SECRET } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { expect } from 'vitest'
import { buildApp } from '../src/app.ts'
import type { Lag } from '../src/projections/figures-meta.ts'
import { subscriptionsOf } from '../src/subscriptions.ts'
import type { Random } from './random.ts'

export const subscription = subscriptionsOf(() => undefined)[0]
export const handler = subscription.handlers[0]
export const logger = createLogger({ service: 'analytics', level: 'silent' })

export function appOn(
  database: Database,
  lag: Lag = { caughtUpAt: () => Date.now() },
  cache?: Cache,
  replica?: Replica,
): FastifyInstance {
  return buildApp({
    database,
    replica,
    cache,
    lag,
    logger,
    metrics: createMetrics('analytics'),
    internalSecret: TEST_INTERNAL_SECRET,
    validateResponses: true,
  })
}

/** As the consumer does: parsed by the spec of its type; unknown types dropped. */
function read(event: Envelope): AnyEvent[] {
  const spec = handler.specs.find((one) => one.type === event.type)
  return spec === undefined ? [] : [{ ...event, data: spec.data.parse(structuredClone(event.data)) }]
}

/** In the order given, as one batch. */
export async function project(database: Database, events: readonly Envelope[]): Promise<void> {
  const batch = events.flatMap(read)
  await withTx(database, (tx) => handler.apply(tx, batch))
}

class Crash extends Error {}

/** As a process that dies before COMMIT leaves it: nothing of the batch is there. */
async function projectAndCrash(database: Database, events: readonly Envelope[]): Promise<void> {
  const batch = events.flatMap(read)
  const crashing = withTx(database, async (tx) => {
    await handler.apply(tx, batch)
    throw new Crash()
  })
  await crashing.catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error
  })
}

/** In random order, some of them twice or three times, in batches of random size, some of which are lost half-way and come again. */
export async function play(database: Database, random: Random, events: readonly Envelope[]): Promise<void> {
  const copies = () => Array.from({ length: random.chance(0.2) ? 2 + random.below(2) : 1 })
  const told = random.shuffle(events.flatMap((event) => copies().map(() => event)))
  for (let next = 0; next < told.length; ) {
    const end = next + 1 + random.below(200)
    const batch = told.slice(next, end)
    if (random.chance(0.2)) await projectAndCrash(database, batch)
    await project(database, batch)
    // The process that did it died before it could say so.
    if (random.chance(0.2)) await project(database, batch)
    next = end
  }
}

/** The answer's body, once its status is as expected. */
export async function get(app: FastifyInstance, actor: Actor, url: string, status = 200) {
  const answer = await app.inject({ url, headers: identityHeaders(actor, 'analytics') })
  expect(answer.statusCode, answer.body).toBe(status)
  return answer.json()
}

/** Page by page, so that the cursor is tried as well. */
export async function allPages(app: FastifyInstance, actor: Actor, url: string, limit = 1): Promise<unknown[]> {
  const rows: unknown[] = []
  for (let cursor = ''; ; ) {
    const { data, page } = await get(app, actor, `${url}${url.includes('?') ? '&' : '?'}limit=${limit}${cursor}`)
    rows.push(...data)
    if (page.nextCursor === null) return rows
    cursor = `&cursor=${page.nextCursor}`
  }
}
