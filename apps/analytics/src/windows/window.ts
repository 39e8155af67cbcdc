import { AppError } from '@dealwire/errors'
import { type DayText, dayAfter, dayAt, daysBefore, startOfDay } from './local-day.ts'

/** A half-open stretch of time, and the one of the same length right before it. Instants as ISO 8601 UTC. */
export type Window = {
  readonly from: string
  readonly to: string
  readonly previousFrom: string
  readonly timeZone: string
}

export type WindowInput = { readonly from?: string | undefined; readonly to?: string | undefined }

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const DEFAULT_DAYS = 30
const FIRST_YEAR = 1990
const LAST_YEAR = 2200
/** How long a window may be, and what to do about one that is longer. */
export type Longest = { readonly days?: number; readonly instead?: string }

/** A leap year and the day on which daylight saving time gives an hour back. */
const LONGEST_DAYS = 367

/**
 * Reads `from` and `to`: a date is a day in the company's time zone, `to` inclusive; an instant is taken as it is, `to` exclusive.
 * Left out, `to` is the end of today and `from` is 30 days before the end.
 */
export function windowOf(
  input: WindowInput,
  timeZone: string,
  now: number,
  { days = LONGEST_DAYS, instead = 'ask for a shorter one' }: Longest = {},
): Window {
  refuseFarEdges(input)
  const to = input.to === undefined ? startOfDay(dayAfter(dayAt(now, timeZone)), timeZone) : endEdge(input.to, timeZone)
  const from =
    input.from === undefined
      ? startOfDay(daysBefore(dayAt(to, timeZone), DEFAULT_DAYS), timeZone)
      : startEdge(input.from, timeZone)
  if (isReversed(from, to, input.to)) throw reversed({ from: input.from ?? iso(from), to: input.to ?? iso(to) })
  if (to - from > days * DAY_MS) throw refusal('to', `The window is longer than ${days} days; ${instead}`)
  return { from: iso(from), to: iso(to), previousFrom: iso(previousStart(from, to, timeZone)), timeZone }
}

/** Figures of longer windows come from rollups, their percentiles from histograms. */
const LONGEST_EXACT_DAYS = 31

export function isLong({ from, to }: Pick<Window, 'from' | 'to'>): boolean {
  return Date.parse(to) - Date.parse(from) > LONGEST_EXACT_DAYS * DAY_MS + HOUR_MS
}

export type Stretch = Pick<Window, 'from' | 'to' | 'timeZone'>

/** The whole days within a window, as days and as the instants at which the first begins and the last ends. */
export function wholeDays({ from, to, timeZone }: Stretch) {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  const cutDay = dayAt(fromMs, timeZone)
  const firstDay = startOfDay(cutDay, timeZone) === fromMs ? cutDay : dayAfter(cutDay)
  // A window within one day has none: it then ends where it begins.
  const [, endDay = firstDay] = [firstDay, dayAt(toMs, timeZone)].sort()
  return { firstDay, endDay, from: iso(startOfDay(firstDay, timeZone)), to: iso(startOfDay(endDay, timeZone)) }
}

/** The edges that were given, as instants: for lists, which may be open on either side. */
export function edgesOf(
  input: WindowInput,
  timeZone: string,
): { readonly from: string | undefined; readonly to: string | undefined } {
  refuseFarEdges(input)
  const from = input.from === undefined ? undefined : startEdge(input.from, timeZone)
  const to = input.to === undefined ? undefined : endEdge(input.to, timeZone)
  if (from !== undefined && to !== undefined && isReversed(from, to, input.to)) throw reversed(input)
  return { from: from === undefined ? undefined : iso(from), to: to === undefined ? undefined : iso(to) }
}

/** The twelve whole months that end with the month of the window's last day, cut off at the window's end. */
export function yearBefore(window: Window): Window {
  const lastDay = dayAt(Date.parse(window.to) - 1, window.timeZone)
  const [year = 0, month = 1] = lastDay.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 12, 1)).toISOString().slice(0, 10) as DayText
  return { ...window, from: iso(startOfDay(first, window.timeZone)) }
}

/** Beyond these years calendars and time zones mean little, and arithmetic leaves what can be written down. */
function refuseFarEdges(input: WindowInput): void {
  for (const path of ['from', 'to'] as const) {
    const year = Number(input[path]?.slice(0, 4) ?? FIRST_YEAR)
    if (year < FIRST_YEAR || year > LAST_YEAR)
      throw refusal(path, `'${path}' must lie between the years ${FIRST_YEAR} and ${LAST_YEAR}`)
  }
}

/** Whole days are compared with as many whole days, though one of them may have 23 or 25 hours. */
function previousStart(from: number, to: number, timeZone: string): number {
  const [firstDay, endDay] = [dayAt(from, timeZone), dayAt(to, timeZone)]
  const isWholeDays = startOfDay(firstDay, timeZone) === from && startOfDay(endDay, timeZone) === to
  if (!isWholeDays) return from - (to - from)
  const days = Math.round((Date.parse(endDay) - Date.parse(firstDay)) / DAY_MS)
  return startOfDay(daysBefore(firstDay, days), timeZone)
}

const isDate = (edge: string): edge is DayText => /^\d{4}-\d{2}-\d{2}$/.test(edge)

function startEdge(edge: string, timeZone: string): number {
  return isDate(edge) ? startOfDay(edge, timeZone) : Date.parse(edge)
}

function endEdge(edge: string, timeZone: string): number {
  return isDate(edge) ? startOfDay(dayAfter(edge), timeZone) : Date.parse(edge)
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

/** The day before `from` ends exactly where `from` starts, and is before it all the same. */
function isReversed(from: number, to: number, toEdge: string | undefined): boolean {
  return toEdge === undefined || isDate(toEdge) ? from >= to : from > to
}

function reversed(input: WindowInput): AppError {
  return refusal('from', `'from' must not be after 'to': ${input.from} is after ${input.to}`)
}

function refusal(path: string, message: string): AppError {
  return new AppError('invalid', 'validation_failed', `${message}.`, { errors: [{ path, message }] })
}
