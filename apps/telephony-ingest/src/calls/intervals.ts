/** Half-open, epoch milliseconds. */
export type Interval = { readonly from: number; readonly to: number }

/** Sorted, disjoint, without empty ones: what overlaps or touches becomes one. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals
    .filter((interval) => interval.to > interval.from)
    .sort((a, b) => a.from - b.from || a.to - b.to)
  const merged: { from: number; to: number }[] = []
  for (const { from, to } of sorted) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else merged.push({ from, to })
  }
  return merged
}

/** What is left of `intervals` outside `holes`; sorted and disjoint. */
export function subtract(intervals: readonly Interval[], holes: readonly Interval[]): Interval[] {
  const cuts = union(holes)
  let first = 0
  return union(intervals).flatMap((interval) => {
    while ((cuts[first]?.to ?? Number.POSITIVE_INFINITY) <= interval.from) first += 1
    return cutOut(interval, cuts, first)
  })
}

function cutOut({ from, to }: Interval, cuts: readonly Interval[], first: number): Interval[] {
  const left: Interval[] = []
  let start = from
  for (let index = first; index < cuts.length; index += 1) {
    const cut = cuts[index]
    if (cut === undefined || cut.from >= to) break
    if (cut.from > start) left.push({ from: start, to: cut.from })
    start = cut.to
  }
  if (start < to) left.push({ from: start, to })
  return left
}

/** The parts of `intervals` inside `window`. */
export function clip(intervals: readonly Interval[], window: Interval): Interval[] {
  return union(intervals.map(({ from, to }) => ({ from: Math.max(from, window.from), to: Math.min(to, window.to) })))
}

/** Time covered, counting overlaps once. */
export function coveredMs(intervals: readonly Interval[]): number {
  return union(intervals).reduce((sum, { from, to }) => sum + to - from, 0)
}

/** Exact: milliseconds become at most three decimals. */
export function toSeconds(ms: number): number {
  return Math.round(ms) / 1_000
}
