import { type Database, withTx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import type { Logger } from '@dealwire/telemetry'
import type { Arrival, Receipt } from './arrival.ts'
import { type IngestOptions, ingestArrivals } from './ingest-arrivals.ts'

export type CommitOptions = Pick<IngestOptions, 'usersOf' | 'onDisorder'> & {
  readonly database: Database
  readonly logger: Logger
}

/**
 * Commits arrivals together. Where that fails for a reason of their own, each is tried alone, so that one cannot fail its
 * neighbours; and where a call cannot be stored as folded, its events are, so that nothing accepted is lost.
 * Storage that is away fails them all: the senders repeat.
 */
export async function commitArrivals(
  options: CommitOptions,
  arrivals: readonly Arrival[],
): Promise<PromiseSettledResult<Receipt>[]> {
  try {
    const receipts = await commit(options, arrivals, true)
    return receipts.map((value) => ({ status: 'fulfilled', value }))
  } catch (error) {
    if (isStorageTrouble(error)) throw error
    options.logger.error(
      { err: error, arrivals: arrivals.length },
      'arrivals could not be stored together; trying each alone',
    )
  }
  const results: PromiseSettledResult<Receipt>[] = []
  for (const arrival of arrivals) results.push(await commitAlone(options, arrival))
  return results
}

async function commitAlone(options: CommitOptions, arrival: Arrival): Promise<PromiseSettledResult<Receipt>> {
  for (const isFolding of [true, false]) {
    try {
      const [value] = await commit(options, [arrival], isFolding)
      if (value !== undefined) return { status: 'fulfilled', value }
    } catch (reason) {
      if (!isFolding || isStorageTrouble(reason)) return { status: 'rejected', reason }
      options.logger.error({ err: reason, connectionId: arrival.connectionId }, 'a call cannot be stored as folded')
    }
  }
  return { status: 'rejected', reason: new Error('An arrival got no receipt') }
}

async function commit(
  { database, logger: _logger, ...options }: CommitOptions,
  arrivals: readonly Arrival[],
  isFolding: boolean,
): Promise<Receipt[]> {
  return withTx(database, (tx) => ingestArrivals(tx, arrivals, { ...options, isFolding }))
}

export function isStorageTrouble(error: unknown): boolean {
  return error instanceof AppError && (error.kind === 'unavailable' || error.kind === 'timeout')
}
