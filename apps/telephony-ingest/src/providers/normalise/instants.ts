const EARLIEST = Date.parse('2000-01-01T00:00:00Z')
const LATEST = Date.parse('2100-01-01T00:00:00Z')

export type MomentInTime = { readonly at: number; readonly isAssumed: boolean }

/** The provider's time, or that of arrival where it gives none that can be believed; the latter is marked. */
export function timeOr(at: number | null, receivedAtMs: number): MomentInTime {
  return at === null ? { at: receivedAtMs, isAssumed: true } : { at, isAssumed: false }
}

/** Marks a time that is only the time of arrival. */
export function assumed({ isAssumed }: MomentInTime): { timeAssumed?: true } {
  return isAssumed ? { timeAssumed: true } : {}
}

function plausible(at: number): number | null {
  return Number.isFinite(at) && at >= EARLIEST && at < LATEST ? Math.trunc(at) : null
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i
const AMERICAN = /^(\d\d?)\/(\d\d?)\/(\d{4}) (\d\d?):(\d\d)(?::(\d\d))?$/
const RFC2822 =
  /^(?:[A-Za-z]{3},? )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ?(Z|UTC|GMT|Etc\/UTC|[+-]\d{2,4})?$/
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * Every form that PBXs write: ISO with any offset or none, RFC 2822 with broken zones, American dates, epoch seconds with or
 * without a fraction. What names no zone is in `timeZone`. Null for what is no time, or none of this century.
 */
export function instantOf(text: string | null, timeZone = 'UTC'): number | null {
  if (text === null) return null
  if (/^\d{9,11}(\.\d+)?$/.test(text)) return plausible(Number(text) * 1_000)
  if (/^\d{12,14}$/.test(text)) return plausible(Number(text))
  const iso = ISO.exec(text)
  if (iso !== null) {
    const [, year, month, day, hour, minute, second = '0', fraction = '0', zone] = iso
    const ms = Number(fraction.padEnd(3, '0').slice(0, 3))
    return wallTime([year, month, day, hour, minute, second].map(Number), ms, zone, timeZone)
  }
  const american = AMERICAN.exec(text)
  if (american !== null) {
    const [, month, day, year, hour, minute, second = '0'] = american
    return wallTime([year, month, day, hour, minute, second].map(Number), 0, undefined, timeZone)
  }
  const mail = RFC2822.exec(text)
  if (mail === null) return null
  const [, day, name = '', year, hour, minute, second = '0', zone] = mail
  const month = MONTHS.indexOf(name.toLowerCase()) + 1
  if (month === 0) return null
  return wallTime([Number(year), month, ...[day, hour, minute, second].map(Number)], 0, zone, timeZone)
}

function wallTime(parts: number[], ms: number, zone: string | undefined, timeZone: string): number | null {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, ms)
  if (new Date(utc).getUTCDate() !== day || month > 12 || hour > 23 || minute > 59) return null
  return plausible(zone === undefined ? utc - offsetMs(utc, timeZone) : utc - zoneMs(zone))
}

function zoneMs(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d?)?/.exec(zone) ?? []
  if (sign === undefined) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clocks of a zone show ahead of UTC; asked twice, since the first answer may lie across a change of the clocks. */
function offsetMs(wall: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0
  const first = offsetAt(wall, timeZone)
  return offsetAt(wall - first, timeZone)
}

function offsetAt(at: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  formats.set(timeZone, format)
  const shown = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000
}

const GREGORIAN_TO_UNIX_SECONDS = 62_167_219_200

/** Seconds since the year 0, as Erlang counts them. */
export function gregorianInstant(text: string | null): number | null {
  if (text === null || !/^\d{11}(\.\d+)?$/.test(text)) return null
  return plausible((Number(text) - GREGORIAN_TO_UNIX_SECONDS) * 1_000)
}
