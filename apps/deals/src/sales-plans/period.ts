/** A span of the calendar with its first and last day. */
export type Period = { readonly period: string; readonly periodStart: string; readonly periodEnd: string }

/** The days of a `YYYY`, `YYYY-Qn` or `YYYY-MM`. */
export function periodNamed(period: string): Period {
  const [year = '', part] = period.split('-')
  if (part === undefined) return { period, periodStart: `${year}-01-01`, periodEnd: `${year}-12-31` }
  const quarter = part.startsWith('Q') ? Number(part.slice(1)) : undefined
  const first = quarter === undefined ? Number(part) : quarter * 3 - 2
  const last = quarter === undefined ? first : quarter * 3
  return { period, periodStart: `${year}-${twoDigits(first)}-01`, periodEnd: `${year}-${lastDay(Number(year), last)}` }
}

/** The month that it is in the time zone. */
export function thisMonth(timeZone: string): string {
  return new Date().toLocaleDateString('en-CA', { timeZone }).slice(0, 7)
}

/** The year, quarter or month that begins and ends on these days; undefined when there is none. */
export function periodOfDays(periodStart: string, periodEnd: string): Period | undefined {
  const year = periodStart.slice(0, 4)
  const month = Number(periodStart.slice(5, 7))
  const names = [year, `${year}-Q${Math.ceil(month / 3)}`, `${year}-${twoDigits(month)}`]
  return names.map(periodNamed).find((period) => period.periodStart === periodStart && period.periodEnd === periodEnd)
}

function lastDay(year: number, month: number): string {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return `${twoDigits(month)}-${twoDigits(days)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
