import { run, statement, type Tx } from '@dealwire/db/client'

export type DirectoryEntry = {
  readonly company_id: string
  readonly kind: 'contact' | 'customer'
  readonly id: string
  readonly name: string
  readonly customer_id: string | null
  readonly e164: string | null
  readonly is_duplicate: boolean
  readonly version: number
  readonly is_deleted: boolean
}

/** Of each entry the newest version stays; deleted ones stay too, so that an older event cannot bring them back. */
export async function putDirectoryEntries(tx: Tx, entries: readonly DirectoryEntry[]): Promise<void> {
  const newest = new Map<string, DirectoryEntry>()
  for (const entry of entries) {
    const key = `${entry.company_id} ${entry.kind} ${entry.id}`
    if ((newest.get(key)?.version ?? -1) < entry.version) newest.set(key, entry)
  }
  if (newest.size > 0) await run(tx, put, [JSON.stringify([...newest.values()])])
}

const put = statement(
  'put_directory_entries',
  `INSERT INTO contact_directory AS d (company_id, kind, id, name, customer_id, e164, is_duplicate, version, deleted_at)
   SELECT company_id, kind, id, name, customer_id, e164, is_duplicate, version, CASE WHEN is_deleted THEN now() END
   FROM json_to_recordset($1::json) AS g(company_id uuid, kind text, id uuid, name text, customer_id uuid, e164 text,
     is_duplicate boolean, version integer, is_deleted boolean)
   ORDER BY company_id, kind, id
   ON CONFLICT (company_id, kind, id) DO UPDATE SET name = excluded.name, customer_id = excluded.customer_id, e164 = excluded.e164,
     is_duplicate = excluded.is_duplicate, version = excluded.version, deleted_at = excluded.deleted_at
   WHERE d.version < excluded.version`,
)
