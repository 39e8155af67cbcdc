import { pgSchema } from 'drizzle-orm/pg-core'

export const telephonySchema = pgSchema('telephony')
