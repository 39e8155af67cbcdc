import { type Database, run, statement } from '@dealwire/db/client'

/** What is counted beside the path of events, in memory, and added to the connections' figures now and then. */
export type Refusals = {
  /** Counts a request that was refused: a stranger must not cause writes. */
  note(companyId: string, connectionId: string): void
  /** Counts events that came after a later one of their call. */
  noteDisorder(companyId: string, connectionId: string, events: number): void
  /** Adds what was counted to the connections' figures. */
  flush(): Promise<void>
}

const MAX_CONNECTIONS = 10_000

export function createRefusals(database: Database): Refusals {
  const counts = new Map<string, { company_id: string; connection_id: string; refused: number; disordered: number }>()
  const add = (company_id: string, connection_id: string, more: { refused?: number; disordered?: number }) => {
    const known = counts.get(connection_id) ?? { company_id, connection_id, refused: 0, disordered: 0 }
    known.refused += more.refused ?? 0
    known.disordered += more.disordered ?? 0
    if (counts.has(connection_id) || counts.size < MAX_CONNECTIONS) counts.set(connection_id, known)
  }
  return {
    note: (companyId, connectionId) => add(companyId, connectionId, { refused: 1 }),
    noteDisorder: (companyId, connectionId, disordered) => add(companyId, connectionId, { disordered }),
    async flush() {
      if (counts.size === 0) return
      const rows = [...counts.values()]
      counts.clear()
      await run(database, addCounts, [JSON.stringify(rows)])
    },
  }
}

const addCounts = statement(
  'add_refusals',
  `INSERT INTO connection_activity AS a (company_id, connection_id, last_event_at, events, duplicates, refused, out_of_order)
   SELECT company_id, connection_id, NULL, 0, 0, refused, disordered
   FROM json_to_recordset($1::json) AS g(company_id uuid, connection_id uuid, refused bigint, disordered bigint) ORDER BY company_id, connection_id
   ON CONFLICT (company_id, connection_id) DO UPDATE SET refused = a.refused + excluded.refused,
     out_of_order = a.out_of_order + excluded.out_of_order`,
)
