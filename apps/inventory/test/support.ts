import { randomUUID } from 'node:crypto'
import type { Actor } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { identityHeaders, TEST_INTERNAL_SECRET } from '@dealwire/testing'
import type { FastifyInstance } from 'fastify'
import { expect } from 'vitest'
import { buildApp } from '../src/app.ts'
import { putEntries } from '../src/directory/directory.repository.ts'

export function testApp(database: Database): FastifyInstance {
  return buildApp({
    database,
    logger: createLogger({ service: 'inventory', level: 'silent' }),
    metrics: createMetrics('inventory'),
    internalSecret: TEST_INTERNAL_SECRET,
    validateResponses: true,
  })
}

/** A database whose relay is not woken: that is sent when it likes, and would count among the statements of the next command. */
export function withoutWakeUps(database: Database): Database {
  const query = database.pool.query.bind(database.pool) as (...args: unknown[]) => unknown
  const isWakeUp = (text: unknown) => typeof text === 'string' && text.includes('pg_notify')
  Object.assign(database.pool, {
    query: (...args: unknown[]) => (isWakeUp(args[0]) ? Promise.resolve() : query(...args)),
  })
  return database
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
/** What tests read of answers; which fields there are depends on the route. */
type Item = {
  id: string
  name: string
  seq: number
  onHand: number
  onHandAfter: number
  remainingQuantity: number
  unitCost: string
  value: string
  occurredAt: string
  reason: string | null
}
type Body = Item & {
  code: string
  number: string
  status: string
  ok: boolean
  totalCost: string
  totalValue: string
  errors: unknown[]
  invariants: unknown[]
  items: { id: string }[]
  products: unknown[]
  lines: { productId: string; locationId: string }[]
  data: Item[]
  page: { nextCursor: string | null; total: number }
}
/** The first of what has to be there. */
export function firstOf<T>(items: readonly T[]): T {
  const [first] = items
  if (first === undefined) throw new Error('There is nothing to take the first of')
  return first
}

/** Makes another service's entity known, as its event would. */
export async function know(
  database: Database,
  actor: Actor,
  kind: 'user' | 'customer' | 'deal',
  name: string,
): Promise<string> {
  const id = randomUUID()
  await withTx(database, (tx) =>
    putEntries(tx, [{ companyId: actor.companyId, kind, id, name, active: true, version: 1 }]),
  )
  return id
}

type Answered = { status: number; body: Body; headers: Record<string, unknown> }
export type Client = ReturnType<typeof clientOf>

/** Calls the service as the gateway would on behalf of the actor; a call answers, whatever the status. */
export function clientOf(app: FastifyInstance, actor: Actor) {
  async function call(
    method: Method,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const answer = await app.inject({
      method,
      url: path.startsWith('/work-orders') ? `/v1${path}` : `/v1/inventory${path}`,
      headers: { ...identityHeaders(actor, 'inventory'), ...headers },
      ...(body === undefined ? {} : { payload: body }),
    })
    return {
      status: answer.statusCode,
      body: answer.body === '' ? ({} as Body) : answer.json<Body>(),
      headers: answer.headers,
    }
  }

  /** As `call`, for what has to work. */
  async function must(method: Method, path: string, body?: object): Promise<Body> {
    const answer = await call(method, path, body)
    expect(answer.status, `${method} ${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
    return answer.body
  }

  let products = 0
  return {
    call,
    must,
    async product(fields: object = {}): Promise<string> {
      products += 1
      const made = await must('POST', '/products', { sku: `SKU-${products}`, name: `Product ${products}`, ...fields })
      return made.id
    },
    receive: (productId: string, quantity: number, unitCost: string | undefined, locationId?: string) =>
      must('POST', '/adjustments', { lines: [{ productId, quantity, unitCost, locationId, reason: 'delivery' }] }),
    deduct: (...lines: { productId: string; quantity: number; locationId?: string }[]) =>
      call('POST', '/deductions', { lines }),
    async auditIsClean(): Promise<void> {
      const audit = await must('GET', '/audit')
      expect(audit.ok, JSON.stringify(audit)).toBe(true)
    },
  }
}
