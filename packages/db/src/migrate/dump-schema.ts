import type pg from 'pg'

/**
 * A schema as sorted text: tables, columns, constraints, indexes, functions, triggers, grants. Written to `packages/db/schema/`,
 * so that a review sees what a migration really did, and checked in CI. Month partitions are left out: they change with the date.
 */
export async function dumpSchema(client: pg.Client, schema: string): Promise<string> {
  const sections: string[] = []
  for (const [title, sql] of queries) {
    const { rows } = await client.query<{ line: string }>(sql, [schema])
    sections.push(`-- ${title}\n${rows.map((row) => row.line).join('\n')}\n`)
  }
  return `-- Generated from the migrations by \`pnpm db:dump\`. Do not edit.\n\n${sections.join('\n')}`
}

/** Relations of the schema that are not partitions of another. */
const RELATIONS = `
  SELECT c.oid, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND NOT c.relispartition`

const queries: [title: string, sql: string][] = [
  [
    'tables',
    `WITH relations AS (${RELATIONS})
     SELECT format('TABLE %s%s', r.relname, coalesce(' PARTITION BY ' || pg_get_partkeydef(r.oid), '')) ||
       coalesce((SELECT string_agg(format(E'\\n  %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
           CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
           coalesce(CASE WHEN a.attgenerated <> '' THEN ' GENERATED ' ELSE ' DEFAULT ' END || pg_get_expr(d.adbin, d.adrelid), '')), '' ORDER BY a.attnum)
         FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped), '') AS line
     FROM relations r WHERE r.relkind IN ('r', 'p') ORDER BY r.relname`,
  ],
  [
    'constraints',
    `WITH relations AS (${RELATIONS})
     SELECT format('%s: %s %s', r.relname, k.conname, pg_get_constraintdef(k.oid)) AS line
     FROM relations r JOIN pg_constraint k ON k.conrelid = r.oid WHERE k.contype <> 'n' ORDER BY r.relname, k.conname`,
  ],
  [
    'indexes',
    `WITH relations AS (${RELATIONS})
     SELECT pg_get_indexdef(i.indexrelid) AS line
     FROM relations r JOIN pg_index i ON i.indrelid = r.oid WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))
     ORDER BY 1`,
  ],
  [
    'functions',
    `SELECT format('%s(%s) RETURNS %s%s', p.proname, pg_get_function_identity_arguments(p.oid), pg_get_function_result(p.oid),
       CASE WHEN p.prosecdef THEN ' SECURITY DEFINER' ELSE '' END) AS line
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1 ORDER BY 1`,
  ],
  [
    'triggers',
    `WITH relations AS (${RELATIONS})
     SELECT pg_get_triggerdef(t.oid) AS line FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal ORDER BY 1`,
  ],
  [
    'grants',
    `WITH relations AS (${RELATIONS})
     SELECT format('%s: %s %s', r.relname, pg_get_userbyid(g.grantee), string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type)) AS line
     FROM relations r JOIN pg_class c ON c.oid = r.oid CROSS JOIN aclexplode(c.relacl) g
     WHERE r.relkind IN ('r', 'p', 'S', 'v') AND g.grantee <> c.relowner GROUP BY r.relname, g.grantee ORDER BY 1`,
  ],
]
