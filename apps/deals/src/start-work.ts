import type { Cache } from '@dealwire/cache'
import type { Database } from '@dealwire/db/client'
import { exportWork } from './exports/make-export-file.ts'
import { importWork } from './imports/run-import.ts'
import type { JobQueue } from './jobs/job-queue.ts'
import type { ObjectStore } from './object-store/object-store.ts'

type Tools = {
  readonly bulk: Database
  readonly store: ObjectStore
  readonly cache: Cache
  readonly ttlHours: number
}

/** What each queue's jobs do. */
export function startWork(jobs: JobQueue, tools: Tools): void {
  jobs.work({ exports: exportWork(tools), imports: importWork(tools) })
}
