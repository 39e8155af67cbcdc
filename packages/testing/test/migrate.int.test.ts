import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run, statement } from '@dealwire/db/client'
import { dumpSchema } from '@dealwire/db/dump'
import { migrateAll, type ServiceWithSchema, serviceNames, serviceSchemas } from '@dealwire/db/migrate'
import pg from 'pg'
import { describe, expect, inject, onTestFinished } from 'vitest'
import { TEST_PASSWORD, test } from '../src/index.ts'

const databaseFolder = fileURLToPath(new URL('../../db', import.meta.url))
const passwords = Object.fromEntries(serviceNames.map((name) => [name, TEST_PASSWORD])) as Record<
  ServiceWithSchema,
  string
>

async function query(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}

async function emptyDatabase(): Promise<string> {
  const server = inject('servers').databaseUrl
  const name = `test_migrate_${process.pid}_${Date.now()}`
  await query(server, `CREATE DATABASE ${name}`)
  onTestFinished(async () => {
    await query(server, `DROP DATABASE ${name} WITH (FORCE)`)
  })
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

async function copyOfMigrations(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dealwire-migrations-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await cp(join(databaseFolder, 'migrations'), folder, { recursive: true })
  await mkdir(join(folder, 'deals'), { recursive: true })
  return folder
}

describe('migrations', () => {
  test('started from three places at once, each file is applied once and nobody fails', async () => {
    const adminUrl = await emptyDatabase()
    const runs = await Promise.all([1, 2, 3].map(() => migrateAll({ adminUrl, passwords })))
    const applied = runs.map((one) => one.applied.length).sort((a, b) => a - b)
    expect(applied.slice(0, 2)).toEqual([0, 0])
    expect(applied[2]).toBeGreaterThanOrEqual(serviceNames.length)
  })

  test('a file changed after it was applied is refused, and so is one that comes too early', async () => {
    const adminUrl = await emptyDatabase()
    const folder = await copyOfMigrations()
    await migrateAll({ adminUrl, passwords, folder })

    await writeFile(join(folder, 'common', '0000_too_early.sql'), 'SELECT 1;')
    await expect(migrateAll({ adminUrl, passwords, folder })).rejects.toThrow(
      "'common/0000_too_early.sql' comes before",
    )
    await rm(join(folder, 'common', '0000_too_early.sql'))

    const file = join(folder, 'common', '0001_event_log.sql')
    await writeFile(file, `${await readFile(file, 'utf8')}\n-- changed`)
    await expect(migrateAll({ adminUrl, passwords, folder })).rejects.toThrow('was changed after it was applied')
  })

  test('a failing file names itself and leaves nothing behind; no-transaction files can build indexes concurrently', async () => {
    const adminUrl = await emptyDatabase()
    const folder = await copyOfMigrations()
    const broken = join(folder, 'deals', '9000_broken.sql')
    await writeFile(broken, 'CREATE TABLE half (id int); SELECT no_such_function();')
    await expect(migrateAll({ adminUrl, passwords, folder })).rejects.toThrow(
      "'deals/9000_broken.sql' failed in schema 'deals'",
    )
    expect(await query(adminUrl, "SELECT to_regclass('deals.half') AS half")).toEqual([{ half: null }])

    await writeFile(
      broken,
      '-- no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS inbox_extra ON inbox (event_id);\n',
    )
    await migrateAll({ adminUrl, passwords, folder })
    expect(await query(adminUrl, "SELECT to_regclass('deals.inbox_extra') IS NOT NULL AS made")).toEqual([
      { made: true },
    ])
  })

  test.for(serviceNames)('the dumped schema of %s is what its migrations make', async (name, { db }) => {
    const client = new pg.Client({ connectionString: db.adminUrl })
    await client.connect()
    const { schema } = serviceSchemas[name]
    const dumped = await dumpSchema(client, schema)
    await client.end()
    await expect(dumped).toMatchFileSnapshot(join(databaseFolder, 'schema', `${schema}.sql`))
  })
})

describe('roles', () => {
  test.for(serviceNames)('%s can read its own tables and nobody else’s', async (name, { db }) => {
    const database = db.open(name)
    await run(database, statement(`test_own_${name}`, 'SELECT count(*) FROM event_log'), [])
    for (const other of serviceNames.filter((one) => one !== name)) {
      const { schema } = serviceSchemas[other]
      const peek = run(database, statement(`test_${name}_reads_${other}`, `SELECT * FROM ${schema}.event_log`), [])
      await expect(peek, `${name} reads ${other}`).rejects.toThrow('permission denied')
    }
    await expect(run(database, statement(`test_${name}_creates`, 'CREATE TABLE mine (id int)'), [])).rejects.toThrow(
      'permission denied',
    )
  })

  test('the event log can be added to and read, never changed, not even through a partition', async ({ db }) => {
    const database = db.open('deals')
    const [partition] = await query(
      db.adminUrl,
      "SELECT relid::regclass::text AS name FROM pg_partition_tree('deals.event_log') WHERE isleaf LIMIT 1",
    )
    for (const sql of ['UPDATE event_log SET type = type', 'DELETE FROM event_log', `DELETE FROM ${partition?.name}`]) {
      await expect(run(database, { name: '', text: sql }, [])).rejects.toThrow('permission denied')
    }
  })
})

describe('every tenant table', () => {
  const EXEMPT = ['relay_cursor', 'projection_progress', 'schema_migrations']

  test('could be distributed by company: its keys, unique indexes and foreign keys all hold company_id', async ({
    db,
  }) => {
    const offenders = await query(
      db.adminUrl,
      `SELECT c.oid::regclass::text AS "table", i.indexrelid::regclass::text AS key
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_index i ON i.indrelid = c.oid AND i.indisunique
       WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL($2)
         AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY(i.indkey) AND a.attname = 'company_id')
       UNION ALL
       SELECT k.conrelid::regclass::text, k.conname FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
       WHERE n.nspname = ANY($1) AND k.contype = 'f'
         AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey) AND a.attname = 'company_id')`,
      [serviceNames.filter((name) => name !== 'gateway').map((name) => serviceSchemas[name].schema), EXEMPT],
    )
    expect(offenders).toEqual([])
  })

  test('has an index for each of its foreign keys: its first three columns at most, or company and time, for the rest no row is left to tell apart', async ({
    db,
  }) => {
    const offenders = await query(
      db.adminUrl,
      `SELECT k.conrelid::regclass::text AS "table", k.conname AS key FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
       WHERE n.nspname = ANY($1) AND k.contype = 'f' AND NOT EXISTS (
         SELECT 1 FROM pg_index i WHERE i.indrelid = k.conrelid
           AND (k.conkey @> (i.indkey::int2[])[0:least(cardinality(k.conkey), 3) - 1] OR k.conkey @> (i.indkey::int2[])[0:1] AND EXISTS (
             SELECT 1 FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = i.indkey[1] AND a.atttypid = 'timestamptz'::regtype)))`,
      [serviceNames.map((name) => serviceSchemas[name].schema)],
    )
    expect(offenders).toEqual([])
  })
})

describe('maintain_partitions', () => {
  test('makes the months ahead, once, and drops those past retention', async ({ db }) => {
    const database = db.open('analytics')
    await query(
      db.adminUrl,
      `CREATE TABLE analytics.event_log_2020_01 PARTITION OF analytics.event_log FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2020-02-01 00:00:00+00')`,
    )
    const maintain = statement('test_maintain', "SELECT maintain_partitions('event_log', 4, 12) AS changed")
    expect(await run(database, maintain, [])).toEqual([{ changed: 3 }])
    expect(await run(database, maintain, [])).toEqual([{ changed: 0 }])
    expect(await query(db.adminUrl, "SELECT to_regclass('analytics.event_log_2020_01') AS old")).toEqual([
      { old: null },
    ])
  })
})
