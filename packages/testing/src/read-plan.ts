import type { Database } from '@dealwire/db/client'

export type PlanNode = {
  readonly 'Node Type': string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: PlanNode[]
}

export type ReadPlan = {
  readonly nodes: readonly PlanNode[]
  /** Pages of tables and indexes that were touched, in memory or not. */
  readonly buffers: number
}

export type SentStatement = { readonly name?: string; readonly text: string; readonly values: readonly unknown[] }

/** The statements that `ask` sends to the pool, outside of transactions. */
export async function statementsOf({ pool }: Database, ask: () => Promise<unknown>): Promise<SentStatement[]> {
  const sent: SentStatement[] = []
  const query = pool.query.bind(pool)
  Object.assign(pool, {
    query: (statement: SentStatement) => {
      sent.push(statement)
      return query({ ...statement, values: [...statement.values] })
    },
  })
  try {
    await ask()
    return sent
  } finally {
    Object.assign(pool, { query })
  }
}

/** How the statement may be run: planned for its values, and from its sixth time on, when it is prepared, for any values. */
export async function readPlans(database: Database, statement: SentStatement): Promise<ReadPlan[]> {
  const custom = await readPlan(database, statement, 'custom')
  return statement.name === '' ? [custom] : [custom, await readPlan(database, statement, 'generic')]
}

async function readPlan(
  { pool }: Database,
  { text, values }: SentStatement,
  mode: 'custom' | 'generic',
): Promise<ReadPlan> {
  const client = await pool.connect()
  try {
    const given =
      values.length === 0 ? '' : `(${values.map((value) => literal(value, client.escapeLiteral)).join(', ')})`
    await client.query(`SET plan_cache_mode = force_${mode}_plan`)
    await client.query(`PREPARE read_plan AS ${text}`)
    const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE read_plan${given}`)
    const nodes = nodesOf(rows[0]['QUERY PLAN'][0].Plan)
    const [root] = nodes
    return { nodes, buffers: (root?.['Shared Hit Blocks'] ?? 0) + (root?.['Shared Read Blocks'] ?? 0) }
  } finally {
    client.release(true)
  }
}

function literal(value: unknown, quote: (text: string) => string): string {
  if (value === null) return 'NULL'
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : quote(String(value))
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}
