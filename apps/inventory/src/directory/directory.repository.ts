import { type Executor, run, statement, type Tx } from '@dealwire/db/client'

export type EntryKind = 'user' | 'customer' | 'deal'
export type Entry = {
  readonly companyId: string
  readonly kind: EntryKind
  readonly id: string
  readonly name: string
  readonly active: boolean
  readonly version: number
}

/** Keeps the newest version of each, in whatever order they come. */
export async function putEntries(tx: Tx, entries: readonly Entry[]): Promise<void> {
  const newest = new Map<string, Entry>()
  for (const entry of entries) {
    const key = `${entry.companyId} ${entry.kind} ${entry.id}`
    if ((newest.get(key)?.version ?? -1) <= entry.version) newest.set(key, entry)
  }
  await run(tx, putStatement, [JSON.stringify([...newest.values()])])
}

// `<=`: events of one change carry one version and one state.
const putStatement = statement(
  'put_directory_entries',
  `INSERT INTO directory AS d (company_id, kind, id, name, active, version)
   SELECT e."companyId", e.kind, e.id, e.name, e.active, e.version
   FROM json_to_recordset($1::json) AS e("companyId" uuid, kind text, id uuid, name text, active boolean, version integer)
   ORDER BY 1, 2, 3
   ON CONFLICT (company_id, kind, id) DO UPDATE SET name = excluded.name, active = excluded.active, version = excluded.version
   WHERE d.version <= excluded.version`,
)

/** Those of the entries that are not known, or known to be gone. */
export async function findMissing(
  executor: Executor,
  companyId: string,
  wanted: readonly { kind: EntryKind; id: string }[],
): Promise<{ kind: EntryKind; id: string }[]> {
  return run(executor, findMissingStatement, [companyId, wanted.map((one) => one.kind), wanted.map((one) => one.id)])
}

const findMissingStatement = statement(
  'find_missing_references',
  `SELECT w.kind, w.id FROM unnest($2::text[], $3::uuid[]) AS w(kind, id)
   WHERE NOT EXISTS (SELECT FROM directory d WHERE d.company_id = $1 AND d.kind = w.kind AND d.id = w.id AND d.active)`,
)

export async function putCompany(
  tx: Tx,
  companyId: string,
  company: { currency: string; timeZone: string; version: number },
): Promise<void> {
  await run(tx, putCompanyStatement, [companyId, company.currency, company.timeZone, company.version])
}

const putCompanyStatement = statement(
  'put_company',
  `INSERT INTO companies AS c (company_id, currency, time_zone, version) VALUES ($1, $2, $3, $4)
   ON CONFLICT (company_id) DO UPDATE SET currency = excluded.currency, time_zone = excluded.time_zone, version = excluded.version
   WHERE c.version <= excluded.version`,
)

export async function findCompany(
  executor: Executor,
  companyId: string,
): Promise<{ currency: string; timeZone: string } | undefined> {
  const [found] = await run<{ currency: string; timeZone: string }>(executor, findCompanyStatement, [companyId])
  return found
}

const findCompanyStatement = statement(
  'find_company',
  'SELECT currency, time_zone AS "timeZone" FROM companies WHERE company_id = $1',
)
