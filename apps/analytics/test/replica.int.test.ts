import { randomUUID } from 'node:crypto'
import { closeDatabase, followReplica, openDatabase } from '@dealwire/db/client'
import { test, waitFor } from '@dealwire/testing'
import { expect } from 'vitest'
import { appOn, get, logger, project } from './bench.ts'
import { at, customerCreated } from './events.ts'

const upToDate = { caughtUpAt: () => Date.now() }

test('figures are read on the replica while it follows, and are as old as what it shows', async ({ db, actor }) => {
  const [database, copy] = [db.open('analytics'), db.open('analytics')]
  const replica = followReplica(database, copy)
  try {
    await waitFor('the replica to be used', () => replica.status() === 'used')
    const customerId = randomUUID()
    await project(database, [customerCreated(actor.companyId, customerId)])
    const app = appOn(database, upToDate, undefined, replica)
    const before = copy.counters.queries
    const dashboard = await get(app, actor, '/v1/analytics/dashboard')
    expect(copy.counters.queries - before).toBeGreaterThanOrEqual(10)
    // The primary has nothing waiting; whether the replica shows all of it, nobody knows.
    expect(dashboard.meta.asOf).toBe(at)
    await get(app, actor, `/v1/analytics/customers/${customerId}/timeline`)
  } finally {
    await replica.stop()
  }
})

test('with the replica away the primary answers, and says that it is up to date', async ({ db, actor }) => {
  const database = db.open('analytics')
  const nowhere = openDatabase({
    url: 'postgres://nobody@127.0.0.1:1/nothing',
    schema: 'analytics',
    applicationName: 'away',
    maxConnections: 1,
    logger,
  })
  const replica = followReplica(database, nowhere)
  try {
    const app = appOn(database, upToDate, undefined, replica)
    const dashboard = await get(app, actor, '/v1/analytics/dashboard')
    expect(dashboard.meta.lagMs).toBeLessThan(2_000)
    expect(replica.status()).toBe('away')
  } finally {
    await replica.stop()
    await closeDatabase(nowhere)
  }
})
