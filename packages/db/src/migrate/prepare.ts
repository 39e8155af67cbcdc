import pg from 'pg'
import type { ServiceSchema } from './service-schemas.ts'

/** What every service may use: text search without accents, trigrams for short and partial words, and GIN indexes that begin with the company. */
const EXTENSIONS = ['unaccent', 'pg_trgm', 'btree_gin']

export async function prepareDatabase(client: pg.Client): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS extensions; GRANT USAGE ON SCHEMA extensions TO PUBLIC')
  for (const extension of EXTENSIONS)
    await client.query(`CREATE EXTENSION IF NOT EXISTS ${extension} SCHEMA extensions`)
  await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC')
}

/** Creates the role and its schema, or brings them to this state: grants on its own schema only. */
export async function prepareSchema(client: pg.Client, service: ServiceSchema, password: string): Promise<void> {
  const { schema, role } = service
  await ensureRole(client, role, password)
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS ${schema};
    GRANT USAGE ON SCHEMA ${schema} TO ${role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT USAGE ON SEQUENCES TO ${role};
    CREATE TABLE IF NOT EXISTS ${schema}.schema_migrations (
      name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz(3) NOT NULL DEFAULT now());
    REVOKE INSERT, UPDATE, DELETE ON ${schema}.schema_migrations FROM ${role}`)
  const { rows } = await client.query<{ name: string }>('SELECT quote_ident(current_database()) AS name')
  const database = rows[0]?.name ?? ''
  await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${role}`)
}

/** Roles belong to the whole cluster, so two databases may be prepared at once: whoever comes second only sets the password. */
async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const secret = client.escapeLiteral(password)
  try {
    await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${secret}`)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || (error.code !== '42710' && error.code !== '23505')) throw error
    const { rows } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
    if (rows.length === 0) throw error
    await client.query(`ALTER ROLE ${role} PASSWORD ${secret}`)
  }
}
