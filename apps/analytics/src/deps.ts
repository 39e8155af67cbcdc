import type { Database } from '@dealwire/db/client'
import type { Lag } from './projections/figures-meta.ts'

/** What the slices are given. */
export type Deps = { readonly database: Database; readonly lag: Lag }
