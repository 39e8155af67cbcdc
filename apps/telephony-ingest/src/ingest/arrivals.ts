import type { Database } from '@dealwire/db/client'
import type { Logger } from '@dealwire/telemetry'
import type { AgentDirectory } from '../agents/agent-directory.ts'
import type { Arrival, Receipt } from './arrival.ts'
import { commitArrivals } from './commit-arrivals.ts'
import { createGatherer, type Gatherer } from './gather.ts'

/** As many as one request may bring: a full batch is a transaction of its own. */
const MAX_BATCH_EVENTS = 500
/** Some seconds of work: more would only be answered after the senders have given up. */
const MAX_QUEUED_EVENTS = 10_000
const MAX_WAIT_MS = 4_000

/** Where requests hand in what arrived; each is answered when its own events are committed. */
export function createArrivals(options: {
  readonly database: Database
  readonly agents: AgentDirectory
  readonly logger: Logger
}): Gatherer<Arrival, Receipt> {
  const { database, agents, logger } = options
  return createGatherer({
    sizeOf: (arrival) => Math.max(1, arrival.events.length),
    maxBatchSize: MAX_BATCH_EVENTS,
    maxQueuedSize: MAX_QUEUED_EVENTS,
    maxWaitMs: MAX_WAIT_MS,
    concurrency: 2,
    async commit(arrivals) {
      const usersOf = await agents.load(arrivals.map(({ author }) => author.companyId))
      return commitArrivals({ database, logger, usersOf }, arrivals)
    },
  })
}
