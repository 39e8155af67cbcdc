import { type Stretch, wholeDays } from '../windows/window.ts'

/** The days of a window that rollups alone can answer, while they are not stale: one that begins and ends at midnight. */
export function rollupDays(window: Stretch): { readonly firstDay: string; readonly endDay: string } | undefined {
  const days = wholeDays(window)
  const isWhole = days.from === window.from && days.to === window.to
  return isWhole ? days : undefined
}
