import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'

export type BusinessEntry = {
  readonly company_id: string
  readonly kind: 'deal' | 'work_order'
  readonly id: string
  readonly contact_id: string | null
  readonly customer_id: string | null
  readonly deal_id: string | null
  readonly is_open: boolean
  readonly details: Record<string, unknown>
  readonly version: number
}

/** Of each entry the newest version stays. */
export async function putOpenBusiness(tx: Tx, entries: readonly BusinessEntry[]): Promise<void> {
  const newest = new Map<string, BusinessEntry>()
  for (const entry of entries) {
    const key = `${entry.company_id} ${entry.kind} ${entry.id}`
    if ((newest.get(key)?.version ?? -1) < entry.version) newest.set(key, entry)
  }
  if (newest.size > 0) await run(tx, put, [JSON.stringify([...newest.values()])])
}

const put = statement(
  'put_open_business',
  `INSERT INTO open_business AS b (company_id, kind, id, contact_id, customer_id, deal_id, is_open, details, version)
   SELECT * FROM json_to_recordset($1::json) AS g(company_id uuid, kind text, id uuid, contact_id uuid, customer_id uuid,
     deal_id uuid, is_open boolean, details jsonb, version integer) ORDER BY company_id, kind, id
   ON CONFLICT (company_id, kind, id) DO UPDATE SET contact_id = excluded.contact_id, customer_id = excluded.customer_id,
     deal_id = excluded.deal_id, is_open = excluded.is_open, details = excluded.details, version = excluded.version
   WHERE b.version < excluded.version`,
)

/** Everything a screen pop shows, as finished JSON, in one round trip. Null numbers match nobody. */
export async function findCaller(
  executor: Executor,
  companyId: string,
  number: { readonly e164: string | null; readonly suffix: string | null },
): Promise<string> {
  const reversed = number.suffix === null ? null : `${[...number.suffix].reverse().join('')}%`
  const row = await runOne<{ json: string }>(executor, find, [companyId, number.e164, reversed])
  if (row === undefined) throw new Error('The lookup answered no row')
  return row.json
}

// The last digits are asked for only where nobody has the whole number.
const find = statement(
  'find_caller',
  `WITH exact AS (
     SELECT kind, id, name, customer_id, e164, is_duplicate, 'exact' AS match FROM contact_directory
     WHERE company_id = $1 AND e164 = $2 AND deleted_at IS NULL ORDER BY kind, is_duplicate, id LIMIT 10
   ), alike AS (
     SELECT kind, id, name, customer_id, e164, is_duplicate, 'suffix' AS match FROM contact_directory
     WHERE company_id = $1 AND reverse(e164) LIKE $3 AND e164 IS NOT NULL AND deleted_at IS NULL AND NOT EXISTS (SELECT FROM exact)
     ORDER BY kind, is_duplicate, id LIMIT 10
   ), candidates AS (
     SELECT c.*, row_number() OVER (ORDER BY kind, is_duplicate, id) AS rank FROM (SELECT * FROM exact UNION ALL SELECT * FROM alike) c
   ), person AS (
     SELECT *, CASE kind WHEN 'contact' THEN id END AS contact_id, CASE kind WHEN 'customer' THEN id ELSE customer_id END AS of_customer
     FROM candidates WHERE rank = 1
   ), business AS (
     SELECT DISTINCT ON (b.kind, b.id) b.kind, b.id, b.details FROM person p JOIN open_business b ON b.company_id = $1 AND b.is_open
       AND (b.contact_id = p.contact_id OR b.customer_id = p.of_customer)
     ORDER BY b.kind, b.id DESC LIMIT 40
   ), recent AS (
     SELECT c.id, c.direction, c.status, c.started_at, c.talk_seconds, u.name FROM calls c
     LEFT JOIN user_refs u ON u.company_id = c.company_id AND u.id = c.agent_id
     WHERE c.company_id = $1 AND c.remote_e164 = coalesce((SELECT e164 FROM person), $2) AND c.merged_into_id IS NULL
     ORDER BY c.started_at DESC, c.id DESC LIMIT 5
   )
   SELECT json_build_object('phone', $2::text,
     'contact', (SELECT json_build_object('id', id, 'name', name) FROM person WHERE kind = 'contact'),
     'customer', (SELECT json_build_object('id', p.of_customer, 'name', (SELECT d.name FROM contact_directory d
       WHERE d.company_id = $1 AND d.kind = 'customer' AND d.id = p.of_customer)) FROM person p WHERE p.of_customer IS NOT NULL),
     'candidates', (SELECT coalesce(json_agg(json_build_object('kind', kind, 'id', id, 'name', name, 'customerId', customer_id,
       'phone', e164, 'match', match) ORDER BY rank), '[]') FROM candidates),
     'openDeals', (SELECT coalesce(json_agg(details ORDER BY id DESC), '[]') FROM business WHERE kind = 'deal'),
     'openWorkOrders', (SELECT coalesce(json_agg(details ORDER BY id DESC), '[]') FROM business WHERE kind = 'work_order'),
     'lastCalls', (SELECT coalesce(json_agg(json_build_object('id', id, 'direction', direction, 'status', status,
       'startedAt', iso(started_at), 'talkSeconds', trim_scale(talk_seconds), 'agentName', name) ORDER BY started_at DESC, id DESC), '[]') FROM recent)
   )::text AS json`,
)
