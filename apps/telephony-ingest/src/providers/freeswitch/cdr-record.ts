import { z } from 'zod'
import { decodePercent } from './cdr-text.ts'

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** Only what we read; the rest of a record is another two hundred fields, and differs from version to version. */
const document = z.looseObject({
  variables: z.record(z.string(), z.unknown()),
  channel_data: z.looseObject({ direction: scalar.optional() }).optional().catch(undefined),
  callflow: z
    .union([z.array(z.unknown()), z.looseObject({})])
    .optional()
    .catch(undefined),
})

const profile = z.looseObject({
  caller_profile: z.record(z.string(), z.unknown()).optional().catch(undefined),
  times: z.record(z.string(), z.unknown()).optional().catch(undefined),
})

export type CdrRecord = {
  readonly uuid: string
  /** A channel variable, decoded; null when it is unset or empty. */
  readonly variable: (name: string) => string | null
  /** Caller profiles, the latest first, as FreeSWITCH lists them: a transfer adds one. */
  readonly profiles: readonly CdrProfile[]
  readonly channelDirection: string | null
  readonly startedAt: number
  readonly progressAt: number | null
  readonly earlyMediaAt: number | null
  readonly answeredAt: number | null
  readonly bridgedAt: number | null
  readonly lastHoldAt: number | null
  readonly endedAt: number | null
}

export type CdrProfile = {
  readonly field: (name: string) => string | null
  readonly timeMs: (name: string) => number | null
}

/** What is missing is said, so that the dead letter explains itself. */
export function readCdrRecord(json: unknown, rawQuery: string): CdrRecord | { readonly problem: string } {
  const parsed = document.safeParse(json)
  if (!parsed.success) return { problem: 'The record has no object "variables"' }
  const variable = readVariables(parsed.data.variables)
  const profiles = readProfiles(parsed.data.callflow)
  const uuid = variable('uuid') ?? profiles[0]?.field('uuid') ?? uuidOfQuery(rawQuery)
  if (uuid === null) return { problem: 'Neither the record nor the address names the uuid of the leg' }
  const time = (name: string, ofProfile: string) => timeOf(variable, name) ?? firstTime(profiles, ofProfile)
  const startedAt = timeOf(variable, 'start') ?? profiles.at(-1)?.timeMs('created_time') ?? null
  if (startedAt === null) return { problem: 'The record has no start time' }
  return {
    uuid,
    variable,
    profiles,
    channelDirection: variable('direction') ?? asText(parsed.data.channel_data?.direction),
    startedAt,
    progressAt: time('progress', 'progress_time'),
    earlyMediaAt: time('progress_media', 'progress_media_time'),
    answeredAt: time('answer', 'answered_time'),
    bridgedAt: time('bridge', 'bridged_time'),
    lastHoldAt: time('last_hold', 'last_hold_time'),
    endedAt: time('end', 'hangup_time'),
  }
}

/**
 * Values are percent-encoded unless the module is told otherwise, and nothing in the record says which. An encoded record
 * cannot contain the characters that the encoder replaces, so one of them in any value tells.
 */
function readVariables(variables: Readonly<Record<string, unknown>>): CdrRecord['variable'] {
  const isPlain = Object.values(variables).some(
    (value) => typeof value === 'string' && /[\s"<>@;:=?#{}|\\^[\]]/.test(value),
  )
  return (name) => {
    const text = Object.hasOwn(variables, name) ? asText(variables[name]) : null
    return text === null || isPlain ? text : presentText(decodePercent(text))
  }
}

function readProfiles(callflow: unknown): CdrProfile[] {
  const items: unknown[] = Array.isArray(callflow) ? callflow : [callflow]
  return items.flatMap((item) => {
    const parsed = profile.safeParse(item)
    if (!parsed.success) return []
    const { caller_profile: fields = {}, times = {} } = parsed.data
    return [
      {
        field: (name: string) => asText(fields[name]),
        timeMs: (name: string) => fromMicroseconds(asText(times[name])),
      },
    ]
  })
}

/** Microseconds where there are any; whole seconds, rounded down, where there are not. */
function timeOf(variable: CdrRecord['variable'], name: string): number | null {
  return fromMicroseconds(variable(`${name}_uepoch`)) ?? epochMs(variable(`${name}_epoch`))
}

function firstTime(profiles: readonly CdrProfile[], name: string): number | null {
  const times = profiles.map((item) => item.timeMs(name)).filter((time) => time !== null)
  return times.length === 0 ? null : Math.min(...times)
}

/** Epoch seconds in milliseconds; "0" means never. */
export function epochMs(text: string | null): number | null {
  const seconds = Number(text ?? '')
  return Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds * 1_000) : null
}

function fromMicroseconds(text: string | null): number | null {
  const microseconds = Number(text ?? '')
  return Number.isFinite(microseconds) && microseconds > 0 ? Math.floor(microseconds / 1_000) : null
}

/** `?uuid=` is appended to any address, even to one that has a query already; `a_` marks the A leg. */
function uuidOfQuery(rawQuery: string): string | null {
  return /(?:^|[?&])uuid=(?:a_)?([0-9A-Za-z-]{1,100})/.exec(rawQuery)?.[1] ?? null
}

function asText(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? presentText(value) : null
}

function presentText(value: string): string | null {
  const text = value.replaceAll('\u0000', '').toWellFormed().trim()
  return text === '' || text === '_undef_' ? null : text
}
