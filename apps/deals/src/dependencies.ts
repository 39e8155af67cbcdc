import type { Cache } from '@dealwire/cache'
import type { Database, Replica } from '@dealwire/db/client'

/** What the slices' edges are given. */
export type Dependencies = {
  readonly database: Database
  readonly cache: Cache
  /** Takes reads of deals that it shows already; without it the database takes them all. */
  readonly replica?: Replica | undefined
}
