import type { Cache } from '@dealwire/cache'
import type { Database } from '@dealwire/db/client'

/** What the slices' edges are given. */
export type Dependencies = { readonly database: Database; readonly cache: Cache }
