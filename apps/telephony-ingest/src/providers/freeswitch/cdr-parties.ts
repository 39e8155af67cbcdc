import type { CallDirection } from '@dealwire/contracts'
import type { ProviderSettings } from '../provider.ts'
import type { CdrRecord } from './cdr-record.ts'

export type CdrParties = {
  readonly callKey: string
  readonly relatedCallKeys: readonly string[]
  /** The leg was rung by the call, as opposed to the leg that began it. */
  readonly isDestination: boolean
  /** From the company's point of view. Null for a rung leg, whose own direction is always "outbound". */
  readonly direction: CallDirection | null
  readonly from: string | null
  readonly to: string | null
  readonly agent: string | null
  /** Of the agent on this leg, or of the one it was bridged to. */
  readonly extension: string | null
}

export function readParties(record: CdrRecord, settings: ProviderSettings): CdrParties {
  const { variable } = record
  const callKey = callKeyOf(record)
  const isDestination = callKey !== record.uuid || variable('cc_side') === 'agent'
  const from = profileField(record, 'caller_id_number') ?? variable('sip_from_user') ?? profileField(record, 'ani')
  const to = dialled(record) ?? variable('sip_to_user')
  const direction = isDestination ? null : directionOf(record, from, to, settings)
  return {
    callKey,
    relatedCallKeys: relatedKeys(record, callKey),
    isDestination,
    direction,
    from: direction === 'OUTBOUND' ? (originationNumber(record) ?? from) : from,
    to,
    agent: variable('cc_agent'),
    extension: extensionOf(record, isDestination, direction, { from, to }, settings),
  }
}

/** The leg that began the call names it. A queue's agent leg is a call of its own to FreeSWITCH; the member names that one. */
function callKeyOf({ uuid, variable, channelDirection }: CdrRecord): string {
  const member = variable('cc_side') === 'agent' ? variable('cc_member_session_uuid') : null
  const joined = member ?? variable('originating_leg_uuid') ?? variable('call_uuid')
  if (joined !== null) return joined
  const isRung = channelDirection === 'outbound' && variable('origination_uuid') === null
  return (isRung ? variable('bridge_uuid') : null) ?? uuid
}

/** Legs that are in one conversation with this one belong to the same call, even if they name another. */
function relatedKeys({ uuid, variable }: CdrRecord, callKey: string): string[] {
  const keys = [
    uuid,
    variable('call_uuid'),
    variable('bridge_uuid'),
    variable('signal_bond'),
    variable('originating_leg_uuid'),
  ]
  return [...new Set(keys.filter((key) => key !== null && key !== callKey))].filter((key) => key !== null)
}

/**
 * To FreeSWITCH every leg that a phone begins is inbound. What the dialplan says comes first; else a caller who is an
 * extension calls out, or another extension.
 */
function directionOf(
  { variable, channelDirection }: CdrRecord,
  from: string | null,
  to: string | null,
  settings: ProviderSettings,
): CallDirection {
  const said = variable('call_direction')?.toLowerCase()
  if (said === 'inbound') return 'INBOUND'
  if (said === 'outbound') return 'OUTBOUND'
  if (said === 'local' || said === 'internal') return 'INTERNAL'
  if (channelDirection === 'outbound') return 'OUTBOUND'
  if (!isExtension(from, settings)) return 'INBOUND'
  return isExtension(to, settings) ? 'INTERNAL' : 'OUTBOUND'
}

/** A leg that the exchange itself placed carries the number it shows; its profile repeats the number it dialled. */
function originationNumber({ variable, channelDirection }: CdrRecord): string | null {
  return channelDirection === 'outbound' ? variable('origination_caller_id_number') : null
}

function extensionOf(
  record: CdrRecord,
  isDestination: boolean,
  direction: CallDirection | null,
  parties: { from: string | null; to: string | null },
  settings: ProviderSettings,
): string | null {
  const { variable } = record
  const rung = [variable('dialed_user'), variable('dialed_extension'), parties.to]
  const bridgedTo = [variable('dialed_extension'), profileField(record, 'callee_id_number'), bridgedUser(record)]
  const calling = [variable('user_name'), variable('sip_auth_username'), parties.from]
  const ofOrigin = direction === 'INBOUND' ? bridgedTo : calling
  return (isDestination ? rung : ofOrigin).find((candidate) => isExtension(candidate, settings)) ?? null
}

/** `bridge` was given `user/101@pbx`, or `sofia/internal/101%pbx`. */
function bridgedUser({ variable }: CdrRecord): string | null {
  if (variable('last_app') !== 'bridge') return null
  return /(?:user|sofia\/[^/]+)\/([^@%/,|]+)/.exec(variable('last_arg') ?? '')?.[1] ?? null
}

/** The first profile is what the caller dialled; later ones are where the dialplan sent the call. */
function dialled(record: CdrRecord): string | null {
  return record.profiles.at(-1)?.field('destination_number') ?? record.variable('destination_number')
}

function profileField(record: CdrRecord, name: string): string | null {
  return record.profiles.at(-1)?.field(name) ?? record.variable(name)
}

function isExtension(number: string | null, settings: ProviderSettings): boolean {
  return number !== null && /^\d+$/.test(number) && number.length <= settings.maxExtensionDigits
}
