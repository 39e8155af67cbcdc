import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'

const TABLES = { contact: 'contacts', customer: 'customers' } as const
export type PartyKind = keyof typeof TABLES

const forEach = <Value>(make: (table: string, kind: PartyKind) => Value) => ({
  contact: make(TABLES.contact, 'contact'),
  customer: make(TABLES.customer, 'customer'),
})

/** Waits until no other merge of the company is under way. */
export async function takeMergeTurn(tx: Tx, companyId: string): Promise<void> {
  await run(tx, turnStatement, [companyId])
}

const turnStatement = statement('take_merge_turn', `SELECT pg_advisory_xact_lock(hashtextextended('merge ' || $1, 0))`)

/** The one that an id stands for: itself, or whom it was merged into. Undefined when it is deleted or was never there. */
export async function resolveParty(
  db: Executor,
  companyId: string,
  kind: PartyKind,
  id: string,
): Promise<string | undefined> {
  const found = await runOne<{ id: string }>(db, resolveStatements[kind], [companyId, id])
  return found?.id
}

const resolveStatements = forEach((table, kind) =>
  statement(
    `resolve_${kind}`,
    `SELECT coalesce(merged_into_id, id) AS id FROM ${table}
     WHERE company_id = $1 AND id = $2 AND (deleted_at IS NULL OR merged_into_id IS NOT NULL)`,
  ),
)

/** Locks those that are there, against references that are being made as well; answers their ids. */
export async function lockParties(
  tx: Tx,
  companyId: string,
  kind: PartyKind,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await run<{ id: string }>(tx, lockStatements[kind], [companyId, ids])
  return rows.map(({ id }) => id)
}

const lockStatements = forEach((table, kind) =>
  statement(
    `lock_${table}_for_merge`,
    `SELECT id FROM ${table} WHERE company_id = $1 AND id = ANY($2::uuid[]) AND deleted_at IS NULL ORDER BY id FOR UPDATE -- ${kind}`,
  ),
)

/** Leaves a redirect, also for those that were merged into the merged one before: each is one step from its survivor. */
export async function markMerged(
  tx: Tx,
  companyId: string,
  kind: PartyKind,
  { id, intoId }: { readonly id: string; readonly intoId: string },
): Promise<void> {
  await run(tx, markStatements[kind], [companyId, id, intoId])
}

const markStatements = forEach((table, kind) =>
  statement(
    `mark_merged_${kind}`,
    `UPDATE ${table} SET merged_into_id = $3 WHERE company_id = $1 AND (id = $2 OR merged_into_id = $2)`,
  ),
)

/** Duplicates of the merged one are the survivor's now; the survivor, if it is one of them, an original, or that of another one. */
export async function relinkDuplicates(
  tx: Tx,
  companyId: string,
  kind: PartyKind,
  { id, intoId }: { readonly id: string; readonly intoId: string },
): Promise<string[]> {
  const rows = await run<{ id: string }>(tx, duplicateStatements[kind], [companyId, id, intoId])
  return rows.map(({ id: changed }) => changed)
}

const duplicateStatements = forEach((table, kind) =>
  statement(
    `relink_duplicates_of_${kind}`,
    `UPDATE ${table} c SET version = version + 1, updated_at = statement_timestamp(), duplicate_of_id = CASE WHEN c.id <> $3 THEN $3
       ELSE (SELECT t.id FROM ${table} t WHERE t.company_id = $1 AND t.deleted_at IS NULL AND t.duplicate_of_id IS NULL AND t.id <> $2
         AND (t.email = c.email OR t.phone = c.phone) ORDER BY t.created_at, t.id LIMIT 1) END
     WHERE c.company_id = $1 AND c.duplicate_of_id = $2 AND c.deleted_at IS NULL
     RETURNING c.id`,
  ),
)
