import { z } from 'zod'
import { email, instantOut, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { createContactRoute } from './contacts.ts'
import { createCustomerRoute } from './customers.ts'
import { createDealRoute } from './deals.ts'

export const importStatuses = ['queued', 'running', 'done', 'failed', 'cancelled', 'reverting', 'reverted'] as const
export const importEntities = ['deal', 'contact', 'customer'] as const
export const importEncodings = [
  'utf-8',
  'utf-16le',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1256',
] as const

export const MAX_IMPORT_ROWS = 100_000
/** Errors that are kept; all are counted. */
export const MAX_IMPORT_ERRORS = 10_000
const MAX_IMPORT_BYTES = 64 * 1024 * 1024
const LONGEST_UPLOAD_MS = 60_000
const LONGEST_DOWNLOAD_MS = 10 * 60_000

const customerOf = {
  customerName: text(200).optional(),
  customerEmail: email.optional(),
  customerPhone: text(40).optional(),
}
const { title, value, currency, pipelineId, stage, priority, leadSource, probability, expectedCloseDate, notes } =
  createDealRoute.body.shape
const { contactId, customerId, assignedToId, lostReason, tags, customFields } = createDealRoute.body.shape

/** What a row may hold, by what it is to become. */
export const importRows = {
  deal: z.strictObject({
    ...{ title, value, currency, pipelineId, stage, priority, leadSource, probability, expectedCloseDate, notes },
    ...{ contactId, customerId, assignedToId, lostReason, tags, customFields },
    contactName: text(200).optional(),
    contactEmail: email.optional(),
    contactPhone: text(40).optional(),
    ...customerOf,
  }),
  contact: z.strictObject({ ...createContactRoute.body.shape, ...customerOf }),
  customer: createCustomerRoute.body,
}

export const dealImport = z.strictObject({
  id: z.uuid(),
  status: z.enum(importStatuses),
  entity: z.enum(importEntities),
  dryRun: z.boolean(),
  /** The columns of the file, and the field each is read into; null is not read. */
  columns: z.array(z.strictObject({ name: z.string(), field: z.string().nullable() })),
  /** Rows that are settled: created, duplicates and failed together. */
  rows: z.int().min(0),
  created: z.int().min(0),
  duplicates: z.int().min(0),
  failed: z.int().min(0),
  reverted: z.int().min(0),
  /** What a revert left, because it was changed or is referred to since. */
  kept: z.int().min(0),
  bytes: z.int().min(0),
  /** The fraction of the file that is settled, 0 to 1. */
  progress: z.number().min(0).max(1),
  /** Why it failed as a whole. */
  error: z.string().nullable(),
  createdById: z.uuid().nullable(),
  version,
  createdAt: instantOut,
  startedAt: instantOut.nullable(),
  finishedAt: instantOut.nullable(),
})
export type DealImport = z.output<typeof dealImport>

export const importError = z.strictObject({
  id: z.uuid(),
  /** As a spreadsheet counts: the header is row 1. */
  row: z.int().min(1),
  field: z.string().nullable(),
  code: z.string(),
  message: z.string(),
})
export type ImportError = z.output<typeof importError>

const mapping = z
  .string()
  .max(10_000)
  .transform((given, context): unknown => {
    try {
      return JSON.parse(given)
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON such as {"Deal name": "title"}' })
      return z.NEVER
    }
  })
  .pipe(z.record(z.string().max(200), z.string().max(50).nullable()))
  .meta({ example: '{"Deal name":"title"}' })

export const createImportRoute = defineRoute({
  method: 'POST',
  path: '/v1/deals/imports',
  service: 'deals',
  permission: 'deal:import',
  description: `The body is the file itself: CSV by RFC 4180 of at most 64 MiB and ${MAX_IMPORT_ROWS} rows, sent as \`text/csv\` within a minute; it is stored as it arrives and read in the background. The separator (comma, semicolon or tab) is found in the header. A column is read into the field of its name (\`Expected close date\` is \`expectedCloseDate\`); \`mapping\` is a JSON object from column to field, or to null for a column to leave out; custom fields are \`cf.<key>\`; what is no field is left out and listed in \`columns\`. Tags are separated by semicolons. A contact or customer of a deal is found by e-mail or phone, or where neither is given by its name, and made where there is none. A row for a contact or customer whose e-mail or phone exists counts as a duplicate and changes nothing. Rows that cannot be read or stored are reported, the others are imported. With \`dryRun=true\` all is checked and counted and nothing is stored; duplicates within the file are then seen only among rows near to each other. Also needs the permission to create the entity.`,
  summary: 'Import deals, contacts or customers from a CSV file.',
  upload: { mediaTypes: ['text/csv'], deadlineMs: LONGEST_UPLOAD_MS },
  bodyLimitBytes: MAX_IMPORT_BYTES,
  query: z.strictObject({
    entity: z.enum(importEntities).default('deal'),
    dryRun: z.enum(['true', 'false']).default('false'),
    mapping: mapping.optional(),
    encoding: z.enum(importEncodings).default('utf-8'),
  }),
  errors: ['too_many_imports'],
  responses: { 202: dealImport, 403: problem, 409: problem },
})

export const listImportsRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/imports',
  service: 'deals',
  permission: 'deal:import',
  summary: 'List the caller’s imports; an ADMIN sees everybody’s.',
  query: pageQuery({
    sorts: ['createdAt'],
    defaultSort: '-createdAt',
    filters: {
      createdById: z.union([z.literal('me'), z.uuid()]).optional(),
      status: z.enum(importStatuses).optional(),
    },
  }),
  responses: { 200: pageOf(dealImport) },
})

export const getImportRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/imports/:id',
  service: 'deals',
  permission: 'deal:import',
  summary: 'Get one import. Only its creator and an ADMIN may.',
  responses: { 200: dealImport, 403: problem, 404: problem },
})

export const listImportErrorsRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/imports/:id/errors',
  service: 'deals',
  permission: 'deal:import',
  summary: `List the rows that were not imported, and why; the first ${MAX_IMPORT_ERRORS} are kept.`,
  query: pageQuery({ sorts: ['row'], defaultSort: 'row', filters: { code: z.string().max(50).optional() } }),
  responses: { 200: pageOf(importError), 403: problem, 404: problem },
})

export const downloadImportErrorsRoute = defineRoute({
  method: 'GET',
  path: '/v1/deals/imports/:id/errors/csv',
  service: 'deals',
  permission: 'deal:import',
  summary: 'Download the rows that were not imported, and why, as CSV: row, field, code, message.',
  stream: { mediaTypes: ['text/csv'], deadlineMs: LONGEST_DOWNLOAD_MS },
  responses: { 200: z.string(), 403: problem, 404: problem },
})

export const cancelImportRoute = defineRoute({
  method: 'POST',
  path: '/v1/deals/imports/:id/cancel',
  service: 'deals',
  permission: 'deal:import',
  summary: 'Stop an import. What it has created so far stays, and can be reverted.',
  errors: ['invalid_state'],
  responses: { 200: dealImport, 403: problem, 404: problem, 409: problem },
})

export const revertImportRoute = defineRoute({
  method: 'POST',
  path: '/v1/deals/imports/:id/revert',
  service: 'deals',
  permission: 'deal:import',
  description:
    'Deletes what the import created and nobody has changed, added to or referred to since; the rest is kept and counted in `kept`. Runs in the background.',
  summary: 'Remove what an import created.',
  errors: ['invalid_state'],
  responses: { 202: dealImport, 403: problem, 404: problem, 409: problem },
})
