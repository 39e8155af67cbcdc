import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { PgBoss } from 'pg-boss'

const LONGEST_BUILD_MS = 5 * 60_000
const STEP_MS = 100

/**
 * Brings the tables of a job queue up to date with the library, in a schema of their own, and lets the service's role use them.
 * Here and not at a service's start: a service's role may not create tables.
 */
export async function installJobQueue(client: pg.Client, schema: string, role: string): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => ({ rows: rowsOf(await client.query(text, values)) }) },
    schema,
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => undefined) // whatever is left undone is seen below
  await boss.start()
  try {
    await indexesBuilt(client, schema)
  } finally {
    await boss.stop({ close: false })
  }
  await client.query(`
    GRANT USAGE ON SCHEMA ${schema} TO ${role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`)
}

/** After an upgrade the library builds indexes beside its work; a service that starts before that would find them missing. */
async function indexesBuilt(client: pg.Client, schema: string): Promise<void> {
  const endsAt = performance.now() + LONGEST_BUILD_MS
  while (performance.now() < endsAt) {
    const { rows } = await client.query<{ left: number }>(
      `SELECT count(*)::int AS left FROM ${schema}.bam WHERE status <> 'completed'`,
    )
    if (rows[0]?.left === 0) return
    await sleep(STEP_MS)
  }
  throw new Error(`The indexes of the job queue '${schema}' were not built in five minutes; see its table 'bam'`)
}

/** Several statements in one text answer one result each. */
function rowsOf(result: pg.QueryResult | pg.QueryResult[]): unknown[] {
  return Array.isArray(result) ? result.flatMap(({ rows }) => rows) : result.rows
}
