import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { isLong, type Window, wholeDays } from '../windows/window.ts'
import { hasRollups } from './call-rollups.repository.ts'

/** The days of a window that rollups alone can answer: a long one that begins and ends at midnight. */
export async function rollupDays(
  executor: Executor,
  actor: Actor,
  window: Window,
): Promise<{ readonly firstDay: string; readonly endDay: string } | undefined> {
  const days = wholeDays(window)
  const isWhole = days.from === window.from && days.to === window.to
  if (!isWhole || !isLong(window)) return undefined
  return (await hasRollups(executor, actor.companyId, window.timeZone)) ? days : undefined
}
