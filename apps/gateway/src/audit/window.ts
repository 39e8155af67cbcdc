const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 86_400_000

/** An edge of a window as Postgres reads it: a time as it is, a day as its start in the company's time zone, an end day as the next one's. */
export function instantEdge(edge: string | undefined, side: 'from' | 'to', timeZone: string): string | undefined {
  if (edge === undefined || !DAY.test(edge)) return edge
  const day = side === 'from' ? edge : new Date(Date.parse(edge) + DAY_MS).toISOString().slice(0, 10)
  return `${day} 00:00 ${timeZone}`
}
