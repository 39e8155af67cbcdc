import { type Database, run, statement } from '@dealwire/db/client'

export type Refusals = {
  /** Counts a request that was refused, in memory: a stranger must not cause writes. */
  note(companyId: string, connectionId: string): void
  /** Adds what was counted to the connections' figures. */
  flush(): Promise<void>
}

const MAX_CONNECTIONS = 10_000

export function createRefusals(database: Database): Refusals {
  const counts = new Map<string, { company_id: string; connection_id: string; refused: number }>()
  return {
    note(company_id, connection_id) {
      const known = counts.get(connection_id)
      if (known !== undefined) known.refused++
      else if (counts.size < MAX_CONNECTIONS) counts.set(connection_id, { company_id, connection_id, refused: 1 })
    },
    async flush() {
      if (counts.size === 0) return
      const rows = [...counts.values()]
      counts.clear()
      await run(database, add, [JSON.stringify(rows)])
    },
  }
}

const add = statement(
  'add_refusals',
  `INSERT INTO connection_activity AS a (company_id, connection_id, last_event_at, events, duplicates, refused)
   SELECT company_id, connection_id, NULL, 0, 0, refused
   FROM json_to_recordset($1::json) AS g(company_id uuid, connection_id uuid, refused bigint) ORDER BY company_id, connection_id
   ON CONFLICT (company_id, connection_id) DO UPDATE SET refused = a.refused + excluded.refused`,
)
