import { type DealExport, deal } from '@dealwire/contracts'
import type { ListSpec } from '@dealwire/db/page'

/** Columns whose text can hold nothing that CSV or a spreadsheet would misread. Any other is written with care. */
const PLAIN = new Set([
  ...['id', 'value', 'currency', 'baseValue', 'baseCurrency', 'pipelineId', 'stageKind', 'priority', 'leadSource'],
  ...['leadScore', 'probability', 'effectiveProbability', 'weightedValue', 'expectedCloseDate', 'contactId'],
  ...['customerId', 'assignedToId', 'stageEnteredAt', 'lastActivityAt', 'rotten', 'closedAt', 'approvalStatus'],
  ...['locked', 'createdById', 'version', 'createdAt', 'updatedAt'],
])

const FIELDS = Object.keys(deal.shape)

function cell(field: string): string {
  const column = `json."${field}"`
  if (PLAIN.has(field)) return `${column}::text`
  if (field === 'tags') return `csv_text(array_to_string(${column}, '; '))`
  return `csv_text(${column}::text)`
}

/** How a file of deals is written: its first line, what ends a line, and a line as SQL over a row of the list. */
export const fileFormats: Readonly<Record<DealExport['format'], FileFormat>> = {
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    header: `${FIELDS.join(',')}\r\n`,
    lineEnd: '\r\n',
    line: FIELDS.map((field) => `coalesce(${cell(field)}, '')`).join(` || ',' || `),
  },
  ndjson: {
    contentType: 'application/x-ndjson; charset=utf-8',
    header: '',
    lineEnd: '\n',
    line: 'row_to_json(json)::text',
  },
}

type FileFormat = {
  readonly contentType: string
  readonly header: string
  readonly lineEnd: string
  readonly line: string
}

const MORE_FILTERS = {
  ownedBy: '(d.assigned_to_id = $? OR (d.assigned_to_id IS NULL AND d.created_by_id = $?))',
  createdUntil: 'd.created_at <= $?::timestamptz',
}

/** The list with a line of the file for each of its items. */
export function lineList(list: ListSpec, format: DealExport['format']): ListSpec {
  return {
    ...list,
    name: `${list.name}_${format}`,
    item: fileFormats[format].line,
    filters: { ...list.filters, ...MORE_FILTERS },
  }
}
