import { sql } from 'drizzle-orm'
import { boolean, customType, integer, jsonb, pgSchema, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export const identitySchema = pgSchema('identity')

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })
const instant = (name: string) => timestamp(name, { precision: 3, withTimezone: true })
const stamps = {
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
}

export const companies = identitySchema.table('companies', {
  companyId: uuid('company_id').primaryKey(),
  name: text().notNull(),
  currency: text().notNull(),
  timeZone: text('time_zone').notNull(),
  defaultRegion: text('default_region').notNull(),
  searchLanguage: text('search_language').notNull(),
  settings: jsonb().notNull(),
  version: integer().notNull().default(1),
  ...stamps,
})

export const roles = identitySchema.table(
  'roles',
  {
    companyId: uuid('company_id').notNull(),
    id: uuid().notNull(),
    key: text().notNull(),
    name: text().notNull(),
    builtIn: boolean('built_in').notNull(),
    scope: text().notNull(),
    permissions: text().array().notNull(),
    version: integer().notNull().default(1),
    ...stamps,
    deletedAt: instant('deleted_at'),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const users = identitySchema.table(
  'users',
  {
    companyId: uuid('company_id').notNull(),
    id: uuid().notNull(),
    name: text().notNull(),
    email: text().notNull(),
    passwordHash: text('password_hash'),
    roleId: uuid('role_id').notNull(),
    teamId: uuid('team_id'),
    departmentId: uuid('department_id'),
    positionId: uuid('position_id'),
    active: boolean().notNull(),
    version: integer().notNull().default(1),
    ...stamps,
    deletedAt: instant('deleted_at'),
    searchText: text('search_text').notNull().generatedAlwaysAs(sql`fold(name || ' ' || email)`),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)

export const sessions = identitySchema.table(
  'sessions',
  {
    companyId: uuid('company_id').notNull(),
    id: uuid().notNull(),
    userId: uuid('user_id').notNull(),
    seed: bytea().notNull(),
    generation: integer().notNull(),
    rotatedAt: instant('rotated_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    revokedReason: text('revoked_reason'),
    userAgent: text('user_agent'),
    address: text(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.id] })],
)
