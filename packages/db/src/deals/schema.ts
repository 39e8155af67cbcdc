import { sql } from 'drizzle-orm'
import {
  boolean,
  customType,
  date,
  integer,
  jsonb,
  numeric,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'

// The tables as columns for the query builder. The migrations are the truth for keys, indexes and checks.

export const dealsSchema = pgSchema('deals')

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' })
const textArray = customType<{ data: string[]; driverData: string[] }>({ dataType: () => 'text[]' })

const tracked = {
  createdById: uuid('created_by_id'),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  deletedAt: instant('deleted_at'),
}

const key = { companyId: uuid('company_id').notNull(), id: uuid('id').notNull() }
const { createdById: _createdById, ...trackedWithoutAuthor } = tracked

export const userRefs = dealsSchema.table(
  'user_refs',
  { ...key, name: text('name').notNull(), active: boolean('active').notNull(), version: integer('version').notNull() },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

const reachable = {
  email: text('email'),
  phone: text('phone'),
  phoneRaw: text('phone_raw'),
  duplicateOfId: uuid('duplicate_of_id'),
  searchText: text('search_text').notNull().generatedAlwaysAs(sql`fold(...)`),
}

export const customers = dealsSchema.table(
  'customers',
  {
    ...key,
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    ...reachable,
    source: text('source'),
    status: text('status').notNull(),
    assignedToId: uuid('assigned_to_id'),
    tags: textArray('tags').notNull(),
    customFields: jsonb('custom_fields').notNull().default({}),
    mergedIntoId: uuid('merged_into_id'),
    ...tracked,
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const contacts = dealsSchema.table(
  'contacts',
  {
    ...key,
    name: text('name').notNull(),
    ...reachable,
    customerId: uuid('customer_id'),
    position: text('position'),
    customFields: jsonb('custom_fields').notNull().default({}),
    mergedIntoId: uuid('merged_into_id'),
    ...tracked,
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const pipelines = dealsSchema.table(
  'pipelines',
  { ...key, name: text('name').notNull(), isDefault: boolean('is_default').notNull(), ...trackedWithoutAuthor },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const stages = dealsSchema.table(
  'stages',
  {
    companyId: key.companyId,
    pipelineId: uuid('pipeline_id').notNull(),
    key: text('key').notNull(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    probability: smallint('probability').notNull(),
    rottenDays: integer('rotten_days').notNull().default(0),
    position: smallint('position').notNull(),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.pipelineId, table.key] })],
)

export const currencyRates = dealsSchema.table(
  'currency_rates',
  {
    ...key,
    currency: text('currency').notNull(),
    validFrom: date('valid_from').notNull(),
    rate: numeric('rate', { precision: 18, scale: 8 }).notNull(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.currency, table.validFrom] })],
)

export const activities = dealsSchema.table(
  'activities',
  {
    ...key,
    dealId: uuid('deal_id').notNull(),
    kind: text('kind').notNull(),
    subject: text('subject').notNull(),
    body: text('body'),
    dueAt: instant('due_at'),
    doneAt: instant('done_at'),
    startsAt: instant('starts_at'),
    endsAt: instant('ends_at'),
    assignedToId: uuid('assigned_to_id'),
    callId: uuid('call_id'),
    overdueToldAt: instant('overdue_told_at'),
    createdById: uuid('created_by_id'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const deals = dealsSchema.table(
  'deals',
  {
    ...key,
    title: text('title').notNull(),
    value: numeric('value', { precision: 14, scale: 2 }).notNull(),
    currency: text('currency').notNull(),
    baseValue: numeric('base_value', { precision: 18, scale: 2 }).notNull(),
    baseCurrency: text('base_currency').notNull(),
    pipelineId: uuid('pipeline_id').notNull(),
    stage: text('stage').notNull(),
    stageKind: text('stage_kind').notNull(),
    priority: text('priority').notNull(),
    leadSource: text('lead_source'),
    leadScore: smallint('lead_score').notNull(),
    probability: smallint('probability'),
    expectedCloseDate: date('expected_close_date'),
    expectedCloseSort: date('expected_close_sort').notNull().generatedAlwaysAs(sql`coalesce(...)`),
    notes: text('notes'),
    contactId: uuid('contact_id'),
    customerId: uuid('customer_id'),
    assignedToId: uuid('assigned_to_id'),
    tags: textArray('tags').notNull(),
    stageEnteredAt: instant('stage_entered_at').notNull(),
    lastActivityAt: instant('last_activity_at'),
    closedAt: instant('closed_at'),
    lostReason: text('lost_reason'),
    approvalStatus: text('approval_status').notNull(),
    searchLanguage: text('search_language').notNull().default('simple'),
    customFields: jsonb('custom_fields').notNull().default({}),
    rottingToldAt: instant('rotting_told_at'),
    ...tracked,
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const dealHistory = dealsSchema.table(
  'deal_history',
  {
    ...key,
    dealId: uuid('deal_id').notNull(),
    field: text('field').notNull(),
    fromValue: jsonb('from_value'),
    toValue: jsonb('to_value'),
    changedById: uuid('changed_by_id'),
    at: instant('at').notNull().defaultNow(),
    secondsInStage: integer('seconds_in_stage'),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)
