import type { Tx } from '@dealwire/db/client'
import { findNewestEventAt } from './progress.repository.ts'

/** Knows when nothing was waiting to be projected. */
export type Lag = {
  /** Epoch milliseconds of the last check that found nothing waiting; null before the first, or while NATS has never answered. */
  caughtUpAt(): number | null
}

export type FiguresMeta = { readonly asOf: string; readonly lagMs: number }

/** A check that found nothing waiting holds until the next two should have been made. */
const TRUST_MS = 3_000

/**
 * What the figures are worth: up to date while the last check found nothing waiting, else as old as the newest event in them
 * or the last time they were up to date. With NATS away that age grows, as it should: nobody knows what has happened since.
 */
export async function getFiguresMeta(tx: Tx, consumer: string, lag: Lag): Promise<FiguresMeta> {
  const newestEventAt = await findNewestEventAt(tx, consumer)
  const now = Date.now()
  const caughtUpAt = lag.caughtUpAt()
  if (caughtUpAt !== null && now - caughtUpAt < TRUST_MS) return { asOf: new Date(now).toISOString(), lagMs: 0 }
  const asOf = Math.min(now, Math.max(newestEventAt ?? 0, caughtUpAt ?? 0) || performance.timeOrigin)
  return { asOf: new Date(asOf).toISOString(), lagMs: Math.round(now - asOf) }
}
