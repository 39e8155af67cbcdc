import { z } from 'zod'
import { instantOut, version } from '../core/fields.ts'
import { isOrdered, pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { filterableByCustomFields } from './custom-fields.ts'
import { listDealsRoute } from './deals.ts'

export const exportStatuses = ['queued', 'running', 'done', 'failed', 'expired'] as const
export const exportFormats = ['csv', 'ndjson'] as const

// The list's filters, so that a file holds what the list shows; without its pages.
const { limit: _limit, cursor: _cursor, count: _count, sort: _sort, ...filters } = listDealsRoute.query.shape

type Windows = Partial<
  Record<'createdFrom' | 'createdTo' | 'expectedCloseFrom' | 'expectedCloseTo', string | undefined>
>

const inOrder = (query: Windows) =>
  isOrdered(query.createdFrom, query.createdTo) && isOrdered(query.expectedCloseFrom, query.expectedCloseTo)
const IN_ORDER = 'a window must not end before it starts'

const selection = filterableByCustomFields(
  z.strictObject({
    ...filters,
    rotten: z
      .union([z.literal(true), z.literal('true')])
      .transform(() => 'true' as const)
      .optional(),
  }),
).refine(inOrder, IN_ORDER)
export type DealSelection = z.output<typeof selection>

export const dealExport = z.strictObject({
  id: z.uuid(),
  status: z.enum(exportStatuses),
  format: z.enum(exportFormats),
  filters: z.record(z.string(), z.unknown()),
  /** Deals written so far. */
  rows: z.int().min(0),
  bytes: z.int().min(0).nullable(),
  /** Of the deals that matched when it began, the fraction that is written, 0 to 1. */
  progress: z.number().min(0).max(1),
  error: z.string().nullable(),
  createdById: z.uuid().nullable(),
  version,
  createdAt: instantOut,
  startedAt: instantOut.nullable(),
  finishedAt: instantOut.nullable(),
  /** From when on the file is gone. */
  expiresAt: instantOut.nullable(),
})
export type DealExport = z.output<typeof dealExport>

const LONGEST_DOWNLOAD_MS = 30 * 60_000

const CSV =
  'UTF-8 CSV by RFC 4180, the header is the names of the deal’s fields; lists within a cell are joined by `; `. A text that a spreadsheet would take for a formula (it starts with `=`, `+`, `-`, `@`, a tab or a carriage return) has an apostrophe before it.'
const ROWS =
  'Oldest first. Each deal that is there all the while is in it once, as it is when its part of the file is written; what is created later is not. With scope `own`: the caller’s own deals.'
const LIMIT = 'The stream and the jobs of a user count together against the limit.'

export const exportDealsCsvRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/export/csv',
  service: 'deals',
  permission: 'deal:export',
  description: `${CSV} ${ROWS} \`bom=true\` puts a byte order mark first, for spreadsheets that need one. ${LIMIT} An answer that ends without its last chunk is not whole.`,
  summary: 'Stream the deals that match as CSV; filters as in the list.',
  query: filterableByCustomFields(
    z.strictObject({ ...filters, bom: z.enum(['true', 'false']).default('false') }),
  ).refine(inOrder, IN_ORDER),
  stream: { mediaTypes: ['text/csv'], deadlineMs: LONGEST_DOWNLOAD_MS },
  rateClass: 'export',
  errors: ['export_busy'],
  responses: { 200: z.string() },
})

export const listExportsRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/exports',
  service: 'deals',
  permission: 'deal:export',
  summary: 'List the caller’s exports; an ADMIN sees everybody’s.',
  query: pageQuery({
    sorts: ['createdAt'],
    defaultSort: '-createdAt',
    filters: {
      createdById: z.union([z.literal('me'), z.uuid()]).optional(),
      status: z.enum(exportStatuses).optional(),
    },
  }),
  responses: { 200: pageOf(dealExport) },
})

export const createExportRoute = defineRoute({
  method: 'POST',
  path: '/v1/deals/exports',
  service: 'deals',
  permission: 'deal:export',
  description: `The file is made in the background and survives a restart; \`deals.export.completed\` tells when it is there. ${CSV} ndjson: a deal as the list shows it per line. ${ROWS} ${LIMIT}`,
  summary: 'Export the deals that match to a file.',
  idempotent: true,
  rateClass: 'export',
  body: z.strictObject({ format: z.enum(exportFormats).default('csv'), filters: selection.default({}) }),
  responses: { 202: dealExport, 422: problem },
})

export const getExportRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/exports/:id',
  service: 'deals',
  permission: 'deal:export',
  summary: 'Get one export. Only its creator and an ADMIN may.',
  responses: { 200: dealExport, 403: problem, 404: problem },
})

export const downloadExportRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/exports/:id/download',
  service: 'deals',
  permission: 'deal:export',
  summary: 'Download the file of an export. Only its creator and an ADMIN may, until it expires.',
  stream: { mediaTypes: ['text/csv', 'application/x-ndjson'], deadlineMs: LONGEST_DOWNLOAD_MS },
  errors: ['export_not_ready', 'export_expired'],
  responses: {
    200: z.string(),
    403: problem,
    404: problem,
    409: problem,
    410: problem,
  },
})
