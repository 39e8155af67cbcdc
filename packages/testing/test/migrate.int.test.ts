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

  test('after a roll-back to the version before, the newer schema is left as it is; one that went another way is refused', async () => {
    const adminUrl = await emptyDatabase()
    const folder = await copyOfMigrations()
    const next = join(folder, 'deals', '9000_next.sql')
    await writeFile(next, 'CREATE TABLE next (id int);')
    await migrateAll({ adminUrl, passwords, folder })

    await rm(next)
    const said: string[] = []
    const { applied } = await migrateAll({ adminUrl, passwords, folder, log: (line) => said.push(line) })
    expect(applied).toEqual([])
    expect(said).toContain('deals: newer than this version; left as it is')

    await writeFile(join(folder, 'deals', '8000_other.sql'), 'CREATE TABLE other (id int);')
    await expect(migrateAll({ adminUrl, passwords, folder })).rejects.toThrow('different versions')
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

  test('makes a month although somebody reads the table, and so never makes those wait who write to it', async ({
    db,
  }) => {
    const reader = new pg.Client({ connectionString: db.adminUrl })
    await reader.connect()
    onTestFinished(() => reader.end())
    await reader.query('BEGIN; SELECT count(*) FROM analytics.event_log')
    const maintain = statement('test_maintain_later', "SELECT maintain_partitions('event_log', 6, NULL) AS changed")
    expect(await run(db.open('analytics'), maintain, [])).toEqual([{ changed: 2 }])
  })

  test('a month that is too old and still read stays until the next time, and keeps none from being made', async ({
    db,
  }) => {
    const database = db.open('analytics')
    await query(
      db.adminUrl,
      `CREATE TABLE analytics.event_log_2020_01 PARTITION OF analytics.event_log FOR VALUES FROM ('2020-01-01Z') TO ('2020-02-01Z')`,
    )
    const reader = new pg.Client({ connectionString: db.adminUrl })
    await reader.connect()
    onTestFinished(() => reader.end())
    await reader.query('BEGIN; SELECT count(*) FROM analytics.event_log')
    const maintain = statement('test_maintain_busy', "SELECT maintain_partitions('event_log', 8, 12) AS changed")
    expect(await run(database, maintain, [])).toEqual([{ changed: 2 }])
    await reader.query('COMMIT')
    expect(await run(database, maintain, [])).toEqual([{ changed: 1 }])
  })

  test('makes a month that was missed, with what came for it meanwhile', async ({ db }) => {
    const database = db.open('gateway')
    const [{ child, at } = {}] = await query(
      db.adminUrl,
      `SELECT to_char(at, '"audit_entries_"YYYY_MM') AS child, at::text AS at
       FROM (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month' AS at) AS next`,
    )
    await query(db.adminUrl, `DROP TABLE identity.${child}`)
    await query(
      db.adminUrl,
      `INSERT INTO identity.audit_entries (company_id, occurred_at, id, service, entity, entity_id, action, request_id)
       VALUES (gen_random_uuid(), '${at}Z', gen_random_uuid(), 'deals', 'deal', 'x', 'created', 'r')`,
    )
    const maintain = statement(
      'test_maintain_missed',
      "SELECT maintain_partitions('audit_entries', 2, NULL) AS changed",
    )
    expect(await run(database, maintain, [])).toEqual([{ changed: 1 }])
    const where = 'SELECT tableoid::regclass::text AS child FROM identity.audit_entries'
    expect(await query(db.adminUrl, where)).toEqual([{ child: `identity.${child}` }])
    const grants = `SELECT has_table_privilege('dealwire_gateway', 'identity.${child}', 'INSERT') AS own`
    expect(await query(db.adminUrl, grants)).toEqual([{ own: false }])
  })

  test('where it was not called for months, writes are refused as storage that is away, which passes', async ({
    db,
  }) => {
    const database = db.open('deals')
    const months =
      "SELECT inhrelid::regclass::text AS child FROM pg_inherits WHERE inhparent = 'deals.event_log'::regclass"
    for (const { child } of await query(db.adminUrl, months)) await query(db.adminUrl, `DROP TABLE ${child}`)
    const insert = statement(
      'test_insert_event',
      `INSERT INTO event_log (company_id, event_id, type, entity_id, entity_version, correlation_id, data)
       VALUES (gen_random_uuid(), gen_random_uuid(), 'crm.deals.a.b', 'x', 1, 'test', '{}')`,
    )
    await expect(run(database, insert, [])).rejects.toMatchObject({ kind: 'unavailable', code: 'storage_unavailable' })
    await run(database, statement('test_maintain_late', "SELECT maintain_partitions('event_log', 2, NULL)"), [])
    await run(database, insert, [])
  })

  test('a month that is made later has the keys, checks, indexes and triggers of the first', async ({ db }) => {
    const tables = `SELECT n.nspname AS schema, c.relname AS name FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace WHERE EXISTS (SELECT FROM pg_proc f WHERE f.pronamespace = n.oid AND f.proname = 'maintain_partitions') ORDER BY 1, 2`
    const parts = `SELECT array_agg(DISTINCT (to_jsonb(p) - 'child')::text) AS shapes, count(*)::int AS months FROM (
      SELECT i.inhrelid AS child,
        (SELECT count(*) FROM pg_constraint c WHERE c.conrelid = i.inhrelid AND c.convalidated) AS constraints,
        (SELECT count(*) FROM pg_index x WHERE x.indrelid = i.inhrelid AND x.indisvalid) AS indexes,
        (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = i.inhrelid) AS triggers,
        (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = i.inhrelid AND a.attnotnull) AS required
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass AND c.relname ~ '_\\d{4}_\\d{2}$') AS p`
    for (const { schema, name } of await query(db.adminUrl, tables)) {
      await query(db.adminUrl, `SELECT ${schema}.maintain_partitions('${name}', 12, NULL)`)
      const [found] = await query(db.adminUrl, parts, [`${schema}.${name}`])
      expect(found, `${schema}.${name}`).toEqual({ shapes: [expect.any(String)], months: expect.any(Number) })
      expect(found?.['months'], `${schema}.${name}`).toBeGreaterThanOrEqual(14)
    }
  })
})
