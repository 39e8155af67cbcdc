import { type Database, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'
import type { AuditEntry } from './audit-entry.ts'

export const auditList: ListSpec = {
  name: 'audit_entries',
  from: 'audit_entries a',
  alias: 'a',
  where: 'a.company_id = $1',
  item: `json_build_object('id', a.id, 'occurredAt', iso(a.occurred_at), 'service', a.service, 'entity', a.entity, 'entityId', a.entity_id,
    'action', a.action, 'actorId', a.actor_id, 'actorName', u.name, 'requestId', a.request_id, 'before', a.before, 'after', a.after)`,
  joins: 'LEFT JOIN users u ON u.company_id = a.company_id AND u.id = a.actor_id',
  sorts: { occurredAt: { expression: 'a.occurred_at', type: 'timestamptz' } },
  filters: {
    actorId: 'a.actor_id = $?',
    entity: 'a.entity = $?',
    entityId: 'a.entity_id = $?',
    action: 'a.action = $?',
    from: 'a.occurred_at >= $?',
    to: 'a.occurred_at < $?',
  },
}

/** Inserts all of them in one statement; one that is there already is left as it is. */
export async function insertAuditEntries(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  await run(tx, insertStatement, [JSON.stringify(entries)])
}

const insertStatement = statement(
  'insert_audit_entries',
  `INSERT INTO audit_entries (company_id, occurred_at, id, service, entity, entity_id, action, actor_id, request_id, before, after)
   SELECT e."companyId", e."occurredAt", e.id, e.service, e.entity, e."entityId", e.action, e."actorId", e."requestId", e.before, e.after
   FROM json_to_recordset($1::json) AS e("companyId" uuid, "occurredAt" timestamptz, id uuid, service text, entity text, "entityId" text,
     action text, "actorId" uuid, "requestId" text, before jsonb, after jsonb)
   ON CONFLICT DO NOTHING`,
)

/** Makes the months to come, and drops those past retention with what came late from before them. Null keeps all. */
export async function maintainAuditLog(database: Database, retentionMonths: number | null): Promise<void> {
  await run(database, maintainStatement, [retentionMonths])
  if (retentionMonths === null) return
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const row = await runOne<{ count: number }>(database, pruneStatement, [retentionMonths, BATCH])
    if ((row?.count ?? 0) < BATCH) return
  }
}

const BATCH = 5_000
const MAX_BATCHES = 200

const maintainStatement = statement('maintain_audit_log', `SELECT maintain_partitions('audit_entries', 2, $1)`)

const pruneStatement = statement(
  'prune_audit_log',
  `WITH gone AS (
     DELETE FROM audit_entries WHERE (company_id, occurred_at, id) IN (
       SELECT company_id, occurred_at, id FROM audit_entries
       WHERE occurred_at < date_trunc('month', now()) - make_interval(months => $1) LIMIT $2)
     RETURNING 1)
   SELECT count(*)::int AS count FROM gone`,
)
