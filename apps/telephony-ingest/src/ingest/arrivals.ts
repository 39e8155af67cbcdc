import type { Database } from '@dealwire/db/client'
import type { Logger } from '@dealwire/telemetry'
import type { AgentDirectory } from '../agents/agent-directory.ts'
import type { Refusals } from '../connections/refusals.ts'
import type { Arrival, Receipt } from './arrival.ts'
import { commitArrivals } from './commit-arrivals.ts'
import { createGatherer, type Gatherer } from './gather.ts'

export type Sharing = {
  /** As many as one request may bring, unless told otherwise: a full batch is a transaction of its own. */
  readonly maxBatchEvents: number
  /** Commits at the same time. */
  readonly commits: number
}
export const defaultSharing: Sharing = { maxBatchEvents: 500, commits: 2 }

/** Some seconds of work: more would only be answered after the senders have given up. */
const MAX_QUEUED_EVENTS = 10_000
const MAX_WAIT_MS = 4_000

/** Where requests hand in what arrived; each is answered when its own events are committed. */
export function createArrivals(options: {
  readonly database: Database
  readonly agents: AgentDirectory
  readonly logger: Logger
  readonly sharing: Sharing
  readonly refusals: Pick<Refusals, 'noteDisorder'>
}): Gatherer<Arrival, Receipt> {
  const { database, agents, logger, sharing, refusals } = options
  return createGatherer({
    sizeOf: (arrival) => Math.max(1, arrival.events.length),
    // Calls of one connection are folded one transaction at a time.
    laneOf: (arrival) => arrival.connectionId,
    maxBatchSize: sharing.maxBatchEvents,
    maxQueuedSize: MAX_QUEUED_EVENTS,
    maxWaitMs: MAX_WAIT_MS,
    concurrency: sharing.commits,
    async commit(arrivals) {
      const usersOf = await agents.load(arrivals.map(({ author }) => author.companyId))
      return commitArrivals({ database, logger, usersOf, onDisorder: refusals.noteDisorder }, arrivals)
    },
  })
}
