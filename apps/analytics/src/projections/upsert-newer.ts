import { run, type Statement, statement, type Tx } from '@dealwire/db/client'

/** A table whose rows stand for entities, as SQL types by column; `version` is among them. */
export type VersionedTable<Column extends string> = {
  readonly name: string
  readonly key: readonly NoInfer<Column>[]
  readonly columns: Readonly<Record<Column, string>>
}

export type RowOf<Table extends { readonly columns: object }> = Readonly<Record<keyof Table['columns'], unknown>>

/** Declares the one statement that writes any number of rows and lets none replace a newer one. */
export function upsertNewer<const Column extends string>(table: VersionedTable<Column>) {
  const query = upsertStatement(table)
  return async (tx: Tx, rows: readonly Readonly<Record<Column, unknown>>[]): Promise<void> => {
    if (rows.length > 0) await run(tx, query, [JSON.stringify(rows)])
  }
}

/** Sorted by key, so that two processes lock rows in one order; the newest of a key comes first, and only that one is written. */
function upsertStatement(table: VersionedTable<string>): Statement {
  const columns = Object.keys(table.columns)
  const key = table.key.join(', ')
  const assigned = columns
    .filter((column) => !table.key.includes(column))
    .map((column) => `${column} = EXCLUDED.${column}`)
  return statement(
    `upsert_${table.name}`,
    `INSERT INTO ${table.name} AS stored (${columns.join(', ')})
     SELECT DISTINCT ON (${key}) ${columns.join(', ')}
     FROM json_to_recordset($1::json) AS given(${columns.map((column) => `${column} ${table.columns[column]}`).join(', ')})
     ORDER BY ${key}, version DESC
     ON CONFLICT (${key}) DO UPDATE SET ${assigned.join(', ')} WHERE stored.version < EXCLUDED.version`,
  )
}
