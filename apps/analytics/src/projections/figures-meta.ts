import type { Executor } from '@dealwire/db/client'
import { CONSUMER } from './consumer.ts'
import { findNewestEventAt } from './progress.repository.ts'

/** Knows when nothing was waiting to be projected. */
export type Lag = {
  /** Epoch milliseconds of the last check that found nothing waiting; null before the first, or while NATS has never answered. */
  caughtUpAt(): number | null
}

export type FiguresMeta = { readonly asOf: string; readonly lagMs: number }

/** A check that found nothing waiting holds until the next two should have been made. */
const TRUST_MS = 3_000

/** Up to date while the last check found nothing waiting; undefined when that cannot be said. */
export function caughtUpMeta(lag: Lag): FiguresMeta | undefined {
  const now = Date.now()
  const caughtUpAt = lag.caughtUpAt()
  return caughtUpAt !== null && now - caughtUpAt < TRUST_MS
    ? { asOf: new Date(now).toISOString(), lagMs: 0 }
    : undefined
}

/**
 * What figures are worth: up to date, else as old as the newest event in them or the last time they were up to date. With NATS away
 * that age grows, as it should: nobody knows what has happened since.
 */
export function metaOf(lag: Lag, newestEventAt: number | null): FiguresMeta {
  const upToDate = caughtUpMeta(lag)
  if (upToDate !== undefined) return upToDate
  const now = Date.now()
  const asOf = Math.min(now, Math.max(newestEventAt ?? 0, lag.caughtUpAt() ?? 0) || performance.timeOrigin)
  return { asOf: new Date(asOf).toISOString(), lagMs: Math.round(now - asOf) }
}

/** When the newest event that is in the figures happened. */
export async function newestEvent(executor: Executor): Promise<number | null> {
  return await findNewestEventAt(executor, CONSUMER)
}
