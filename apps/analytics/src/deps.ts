import type { Cache } from '@dealwire/cache'
import type { Database, Replica } from '@dealwire/db/client'
import type { Lag } from './projections/figures-meta.ts'

/** What the slices are given. */
export type Deps = {
  readonly database: Database
  /** Where figures are read while it follows. */
  readonly replica?: Replica | undefined
  /** Without it every question is computed. */
  readonly cache?: Cache | undefined
  readonly lag: Lag
}
