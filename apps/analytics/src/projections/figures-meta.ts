import type { Executor } from '@dealwire/db/client'
import { CONSUMER } from './consumer.ts'
import { findNewestEventAt } from './progress.repository.ts'

/** Knows up to when all that was published is projected. */
export type Lag = {
  /** Epoch milliseconds at which the last check was begun that found nothing waiting; null before the first one. */
  caughtUpAt(): number | null
}

export type FiguresMeta = { readonly asOf: string; readonly lagMs: number }

/**
 * What figures are worth that were read after `caughtUpAt` was looked up: as old as that, or as the newest event in them. With NATS away
 * their age grows, as it should: nobody knows what has happened since.
 */
export function metaOf(caughtUpAt: number | null, newestEventAt: number | null): FiguresMeta {
  const now = Date.now()
  const asOf = Math.min(now, Math.max(newestEventAt ?? 0, caughtUpAt ?? 0) || performance.timeOrigin)
  return { asOf: new Date(asOf).toISOString(), lagMs: Math.round(now - asOf) }
}

/** When the newest event that is in the figures happened. */
export async function newestEvent(executor: Executor): Promise<number | null> {
  return await findNewestEventAt(executor, CONSUMER)
}
