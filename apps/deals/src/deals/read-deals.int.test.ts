import { closeDatabase, followReplica, openDatabase } from '@dealwire/db/client'
import { createLogger } from '@dealwire/telemetry'
import { makeActor, privateDatabase, waitFor } from '@dealwire/testing'
import { expect, test } from 'vitest'
import { startStandby } from '../../test/standby.ts'
import { startApp, type TestApp } from '../../test/start-app.ts'

const readOnStandby = (app: TestApp) => app.database.counters.queries

test('lists and statistics are read from a standby as soon as it shows the company’s last change, never before; and without it all goes on', async () => {
  const primary = await privateDatabase()
  const standby = await startStandby(primary)
  const database = primary.db.open('deals', { maxConnections: 5 })
  const copy = openDatabase({
    url: standby.url(primary.db.url('deals')),
    schema: 'deals',
    applicationName: 'test-standby',
    maxConnections: 5,
    logger: createLogger({ service: 'deals', level: 'silent' }),
  })
  const replica = followReplica(database, copy)
  const app = startApp(primary.db, { replica })
  const actor = makeActor()
  const titles = async () => {
    const { body } = await app.call(actor, '/v1/deals?limit=100&sort=createdAt')
    return body.data.map(({ title }: { title: string }) => title)
  }
  try {
    await waitFor('the standby to be used', () => replica.status() === 'used')
    const known: string[] = []
    for (let index = 0; index < 20; index++) {
      known.push(`Deal ${index}`)
      await app.create(actor, '/v1/deals', { title: `Deal ${index}` })
      expect(await titles()).toEqual(known)
    }
    // Once nothing changes, the primary is no longer asked.
    await waitFor('a list from the standby', async () => {
      const before = readOnStandby(app)
      await titles()
      return readOnStandby(app) === before
    })
    expect((await app.call(actor, '/v1/deals/board')).body.data[0]).toMatchObject({ count: 20 })

    // A replay that stands still: what is written from now on is not there.
    const owner = openDatabase({
      url: standby.url(primary.db.adminUrl),
      schema: 'deals',
      applicationName: 'test',
      maxConnections: 1,
      logger: copy.logger,
    })
    await owner.pool.query('SELECT pg_wal_replay_pause()')
    await app.create(actor, '/v1/deals', { title: 'Later' })
    expect(await titles()).toEqual([...known, 'Later'])
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(await titles()).toEqual([...known, 'Later'])
    await owner.pool.query('SELECT pg_wal_replay_resume()')
    await waitFor('a list from the standby', async () => {
      const before = readOnStandby(app)
      expect(await titles()).toEqual([...known, 'Later'])
      return readOnStandby(app) === before
    })
    await closeDatabase(owner)

    await standby.kill()
    expect(await titles()).toEqual([...known, 'Later'])
    await waitFor('the standby to be missed', () => replica.status() === 'away')
    await app.create(actor, '/v1/deals', { title: 'Last' })
    expect(await titles()).toEqual([...known, 'Later', 'Last'])
  } finally {
    await replica.stop()
    await closeDatabase(copy)
    await closeDatabase(database)
    await closeDatabase(app.database)
    await standby.kill()
    await primary.dispose()
  }
}, 90_000)
