const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 86_400_000

/**
 * An edge of a window over instants as Postgres reads it: a time as it is, a day as its start in the company's time zone,
 * or as the start of the next when it is the last one. Postgres knows the zone's rules.
 */
export function instantEdge(edge: string | undefined, side: 'from' | 'to', timeZone: string): string | undefined {
  if (edge === undefined || !DAY.test(edge)) return edge
  return `${side === 'from' ? edge : addDays(edge, 1)} 00:00 ${timeZone}`
}

/** The first day that begins at or after the edge of a window over days. */
export function firstDay(edge: string | undefined, timeZone: string): string | undefined {
  if (edge === undefined || DAY.test(edge)) return edge
  return addDays(dayBefore(edge, timeZone), 1)
}

/** The last day that begins before the edge; a day is its own edge, because ends are inclusive. */
export function lastDay(edge: string | undefined, timeZone: string): string | undefined {
  if (edge === undefined || DAY.test(edge)) return edge
  return dayBefore(edge, timeZone)
}

/** The day in the time zone that the last millisecond before the instant belongs to. */
function dayBefore(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return parts.format(Date.parse(instant) - 1)
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}
