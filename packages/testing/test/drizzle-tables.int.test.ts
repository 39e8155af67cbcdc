import * as analytics from '@dealwire/db/analytics'
import * as deals from '@dealwire/db/deals'
import * as identity from '@dealwire/db/identity'
import * as inventory from '@dealwire/db/inventory'
import * as telephony from '@dealwire/db/telephony'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { expect } from 'vitest'
import { test } from '../src/index.ts'

const modules = { analytics, deals, identity, inventory, telephony }

test.for(Object.entries(modules))(
  'the Drizzle tables of %s name real columns, with their nullability',
  async ([schema, module], { db }) => {
    const client = new pg.Client({ connectionString: db.adminUrl })
    await client.connect()
    const { rows } = await client.query<{ name: string; notNull: boolean }>(
      `SELECT table_name || '.' || column_name AS name, is_nullable = 'NO' AS "notNull" FROM information_schema.columns WHERE table_schema = $1`,
      [schema],
    )
    await client.end()
    const inDatabase = new Map(rows.map((row) => [row.name, row.notNull]))
    const tables = Object.values(module).filter((value): value is PgTable => is(value, PgTable))
    for (const table of tables) {
      const config = getTableConfig(table)
      for (const column of config.columns) {
        const name = `${config.name}.${column.name}`
        expect(inDatabase.get(name), `${schema}.${name}`).toBe(column.notNull || column.primary)
      }
      const declared = new Set(config.columns.map((column) => `${config.name}.${column.name}`))
      const undeclared = [...inDatabase.keys()].filter(
        (name) => name.startsWith(`${config.name}.`) && !declared.has(name),
      )
      expect(undeclared, `columns that the Drizzle table ${schema}.${config.name} lacks`).toEqual([])
    }
  },
)
