/** Where a reader of the log is: everything up to and including this row is done. */
export type LogPosition = { readonly txId: string; readonly seq: number }

export type LoggedMessage = {
  readonly tx_id: string
  readonly seq: number
  readonly company_id: string
  readonly event_id: string
  readonly subject: string
  readonly message: string
}

/**
 * One row of the log as a message: its subject and its finished CloudEvents text. Needs the parameter `$1`, the source.
 * Put together as text: as JSON that is rid of its nulls, a row cost twice as much. Nulls inside `data` mean something.
 */
const MESSAGE = `
  e.tx_id::text AS tx_id, e.seq, e.company_id::text AS company_id, e.event_id::text AS event_id,
  regexp_replace(e.type, '\\.v[0-9]+$', '') || '.' || e.company_id AS subject,
  '{"specversion":"1.0","id":"' || e.event_id || '","source":' || to_json('/' || $1::text) || ',"type":"' || e.type
    || '","subject":' || to_json(e.entity_id) || ',"time":"' || iso(e.occurred_at)
    || '","datacontenttype":"application/json","dataschema":"urn:dealwire:event:' || e.type || '","companyid":"' || e.company_id
    || coalesce('","actorid":"' || e.actor_id, '') || '","correlationid":' || to_json(e.correlation_id)
    || coalesce(',"causationid":' || to_json(e.causation_id), '') || coalesce(',"traceparent":' || to_json(e.traceparent), '')
    || ',"sequence":' || e.seq || ',"aggregateversion":' || e.entity_version || ',"data":' || e.data || '}' AS message`

/**
 * The log after a position, in relay order. Rows whose transaction might still be overtaken by an older one that commits
 * later are held back: below the oldest running transaction nothing can appear any more, so a cursor never passes a gap.
 */
const AFTER = `
  FROM event_log e
  WHERE (e.tx_id, e.seq) > ($2::xid8, $3::bigint) AND e.tx_id < pg_snapshot_xmin(pg_current_snapshot())`

const ORDER = 'ORDER BY e.tx_id, e.seq'

/** Parameters: source, tx_id, seq, limit. */
export const readLog = `SELECT ${MESSAGE} ${AFTER} ${ORDER} LIMIT $4`

/** Parameters: source, tx_id, seq, limit, from, to, types, company; the last four may be null. */
export const readLogFiltered = `SELECT ${MESSAGE} ${AFTER}
  AND ($5::timestamptz IS NULL OR e.occurred_at >= $5) AND ($6::timestamptz IS NULL OR e.occurred_at < $6)
  AND ($7::text[] IS NULL OR e.type = ANY ($7)) AND ($8::uuid IS NULL OR e.company_id = $8)
  ${ORDER} LIMIT $4`

export const LOG_START: LogPosition = { txId: '0', seq: 0 }

export function positionOf(row: LoggedMessage): LogPosition {
  return { txId: row.tx_id, seq: row.seq }
}
