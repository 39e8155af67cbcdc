import { pgSchema } from 'drizzle-orm/pg-core'

export const analyticsSchema = pgSchema('analytics')
