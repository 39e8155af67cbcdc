import type { Database } from '@dealwire/db/client'

/** What the slices' edges are given. */
export type Dependencies = { readonly database: Database }
