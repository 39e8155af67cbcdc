/** A calendar day, `YYYY-MM-DD`. */
export type DayText = `${number}-${number}-${number}`

const DAY_MS = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** Made once per zone: making one costs a hundred times what using it does. There are some 600 zones. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}

/** What clocks in the zone show at an instant, written as if it were UTC. */
function wallClock(at: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  return (
    Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute, parts.second) + (at % 1_000)
  )
}

export function dayAt(at: number, timeZone: string): DayText {
  return new Date(wallClock(at, timeZone)).toISOString().slice(0, 10) as DayText
}

export function dayAfter(day: DayText): DayText {
  return daysBefore(day, -1)
}

export function daysBefore(day: DayText, days: number): DayText {
  return new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10) as DayText
}

/**
 * The first instant that is on this day in the zone. Where clocks are turned at midnight, 00:00 may not exist (the day
 * starts at 01:00) or exist twice (it starts at the first one).
 */
export function startOfDay(day: DayText, timeZone: string): number {
  const midnight = Date.parse(day)
  const candidates = [midnight - DAY_MS, midnight + DAY_MS].map((near) => midnight - (wallClock(near, timeZone) - near))
  const onThatDay = candidates.filter((at) => dayAt(at, timeZone) === day)
  return Math.min(...(onThatDay.length > 0 ? onThatDay : candidates))
}
