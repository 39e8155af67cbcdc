import { pgSchema } from 'drizzle-orm/pg-core'

export const dealsSchema = pgSchema('deals')
