// Edges of a window as Postgres reads them: `2026-03-01 00:00 Asia/Tbilisi` is the start of that day there, whatever its clocks did.

const isDay = (edge: string) => edge.length === 'YYYY-MM-DD'.length
const DAY_MS = 86_400_000

/** A day begins with its first instant in the company's time zone. */
export function windowStart(edge: string, timeZone: string): string {
  return isDay(edge) ? `${edge} 00:00 ${timeZone}` : edge
}

/** A day is inside as a whole, so the window ends where the next one begins. An instant ends it as it is. */
export function windowEnd(edge: string, timeZone: string): string {
  if (!isDay(edge)) return edge
  const nextDay = new Date(Date.parse(edge) + DAY_MS).toISOString().slice(0, 10)
  return windowStart(nextDay, timeZone)
}
