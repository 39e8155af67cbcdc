import type { Cache } from '@dealwire/cache'
import type { Database, Replica } from '@dealwire/db/client'
import type { JobQueue } from './jobs/job-queue.ts'
import type { ObjectStore } from './object-store/object-store.ts'

/** What the slices' edges are given. */
export type Dependencies = {
  readonly database: Database
  readonly cache: Cache
  /** Takes reads of deals that it shows already; without it the database takes them all. */
  readonly replica?: Replica | undefined
}

/** What those are given that read or write much, or go on after the answer. */
export type BackgroundDependencies = Dependencies & {
  /** A few connections of their own, so that the lists keep theirs. */
  readonly bulk: Database
  readonly jobs: JobQueue
  readonly store: ObjectStore
}
