import type { Cache } from '@dealwire/cache'
import type { Database } from '@dealwire/db/client'
import type { Lag } from './projections/figures-meta.ts'

/** What the slices are given. */
export type Deps = {
  readonly database: Database
  /** Where figures are read: a replica when there is one. */
  readonly reader: Database
  /** Without it every question is computed. */
  readonly cache?: Cache | undefined
  readonly lag: Lag
}
