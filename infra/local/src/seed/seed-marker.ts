import type pg from 'pg'

// In the database that holds the demo company, so that neither can be without the other.
const createTable = `
  CREATE SCHEMA IF NOT EXISTS demo;
  CREATE TABLE IF NOT EXISTS demo.seeded (version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())`

/** Raised when a new seed should be made beside or over an old one. */
const VERSION = 1

export async function isSeeded(client: pg.Client): Promise<boolean> {
  await client.query(createTable)
  const { rowCount } = await client.query('SELECT 1 FROM demo.seeded WHERE version = $1', [VERSION])
  return rowCount === 1
}

export async function markSeeded(client: pg.Client): Promise<void> {
  await client.query('INSERT INTO demo.seeded (version) VALUES ($1) ON CONFLICT DO NOTHING', [VERSION])
}
