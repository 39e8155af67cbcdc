import type { CallEventType } from '@dealwire/contracts'
import type { NormalisedEvent, ProviderSettings } from '../provider.ts'
import { type CdrParties, readParties } from './cdr-parties.ts'
import { queueMoments } from './cdr-queue.ts'
import { type CdrRecord, epochMs } from './cdr-record.ts'
import type { Moment } from './moment.ts'

/** The events of one leg. Keys number the events of a type, so that the same record always gives the same keys. */
export function cdrEvents(record: CdrRecord, settings: ProviderSettings): NormalisedEvent[] {
  const parties = readParties(record, settings)
  const moments = [
    ...beginning(record, parties),
    ...queueMoments(record, parties),
    ...conversation(record, parties),
    ...mailbox(record),
    ...recordings(record, settings),
    ...ending(record, parties),
  ]
  const counts = new Map<CallEventType, number>()
  return moments.map((moment) => {
    const count = (counts.get(moment.type) ?? 0) + 1
    counts.set(moment.type, count)
    return toEvent(record, parties, moment, `${record.uuid}:${moment.type}:${count}`)
  })
}

function toEvent(record: CdrRecord, parties: CdrParties, moment: Moment, eventKey: string): NormalisedEvent {
  const role = parties.isDestination ? { role: 'destination' } : {}
  return {
    eventKey,
    callKey: parties.callKey,
    legId: record.uuid,
    type: moment.type,
    occurredAt: Math.max(moment.at, record.startedAt),
    sequence: null,
    sequenceScope: null,
    direction: parties.direction,
    from: parties.from,
    to: parties.to,
    queue: moment.queue ?? null,
    agent: moment.agent ?? null,
    extension: moment.extension ?? null,
    recordingUrl: moment.recordingUrl ?? null,
    hangupCause: moment.hangupCause ?? null,
    relatedCallKeys: parties.relatedCallKeys,
    data: { ...role, ...moment.data },
  }
}

/** A rung leg rings from its creation where the phone reported nothing; the caller's leg is silent until it is told. */
function beginning(record: CdrRecord, parties: CdrParties): Moment[] {
  const { agent, extension } = parties
  if (parties.isDestination)
    return [{ type: 'call.ringing', at: record.progressAt ?? record.startedAt, agent, extension }]
  const isCaller = parties.direction !== 'INBOUND'
  const ringingAt = record.progressAt ?? (isCaller ? record.earlyMediaAt : null)
  return [
    { type: 'call.started', at: record.startedAt, extension: isCaller ? extension : null },
    ...(ringingAt === null ? [] : [{ type: 'call.ringing', at: ringingAt } as const]),
  ]
}

function conversation(record: CdrRecord, parties: CdrParties): Moment[] {
  const { answeredAt, bridgedAt } = record
  if (answeredAt === null) return []
  const { agent, extension } = parties.isDestination ? parties : { agent: null, extension: null }
  const talkFrom = bridgedAt === null ? null : Math.max(bridgedAt, answeredAt)
  return [
    { type: 'call.answered', at: answeredAt, agent, extension },
    ...(talkFrom === null || parties.isDestination ? [] : [bridged(record, parties, talkFrom)]),
    ...held(record, talkFrom ?? answeredAt),
    ...transferred(record, talkFrom),
  ]
}

/** Without a record of the other leg, this is all that names the agent who took an inbound call. */
function bridged(record: CdrRecord, parties: CdrParties, at: number): Moment {
  const isInbound = parties.direction === 'INBOUND'
  return {
    type: 'call.bridged',
    at,
    agent: isInbound && record.variable('cc_side') === 'member' ? parties.agent : null,
    extension: isInbound ? parties.extension : null,
  }
}

/**
 * A record has the sum of its holds and the start of the last one. They become one hold of that length from that start,
 * moved back where it would outlast the leg: the seconds are exact, the position is close.
 */
function held(record: CdrRecord, talkFrom: number): Moment[] {
  const heldMs = holdMs(record)
  const { lastHoldAt, endedAt } = record
  if (heldMs === 0 || lastHoldAt === null || endedAt === null) return []
  const to = Math.min(lastHoldAt + heldMs, endedAt)
  const from = Math.max(to - heldMs, talkFrom)
  return [
    { type: 'call.held', at: from, data: { approximate: from !== lastHoldAt } },
    { type: 'call.resumed', at: to },
  ]
}

function holdMs({ variable }: CdrRecord): number {
  const microseconds = Number(variable('hold_accum_usec') ?? Number.NaN)
  if (Number.isFinite(microseconds)) return Math.max(0, Math.floor(microseconds / 1_000))
  return epochMs(variable('hold_accum_seconds')) ?? 0
}

/** Only a transfer out of a conversation is one to us: the dialplan also "transfers" a caller who presses a key in a menu. */
function transferred(record: CdrRecord, talkFrom: number | null): Moment[] {
  if (talkFrom === null) return []
  const times = record.profiles.map((profile) => profile.timeMs('transfer_time')).filter((time) => time !== null)
  return [...new Set(times)]
    .filter((at) => at > talkFrom)
    .sort((a, b) => a - b)
    .map((at) => ({ type: 'call.transferred', at }))
}

/** A mailbox that answered but recorded nothing is a missed call, not an answered one. */
function mailbox({ variable, answeredAt, profiles }: CdrRecord): Moment[] {
  const messageSeconds = Number(variable('voicemail_message_seconds') ?? 0)
  const isMailbox = messageSeconds > 0 || variable('last_app') === 'voicemail'
  if (!isMailbox || answeredAt === null) return []
  const enteredAt = profiles[0]?.timeMs('profile_created_time') ?? answeredAt
  return [{ type: 'call.voicemail', at: Math.max(answeredAt, enteredAt), data: { messageSeconds } }]
}

function recordings({ variable, answeredAt, startedAt, endedAt }: CdrRecord, settings: ProviderSettings): Moment[] {
  const path = recordingPath(variable)
  if (path === null) return []
  const isUrl = /^https?:\/\//i.test(path)
  const base = settings.recordingBaseUrl?.replace(/\/+$/, '') ?? null
  const recordingUrl = isUrl || base === null ? (isUrl ? path : null) : `${base}/${path.replace(/^\/+/, '')}`
  return [{ type: 'recording.available', at: endedAt ?? answeredAt ?? startedAt, recordingUrl, data: { path } }]
}

function recordingPath(variable: CdrRecord['variable']): string | null {
  const name = variable('record_name')
  const folder = variable('record_path')
  if (name !== null && folder !== null) return `${folder.replace(/\/+$/, '')}/${name}`
  return variable('cc_record_filename') ?? variable('recording_file') ?? variable('record_file_path')
}

function ending(record: CdrRecord, parties: CdrParties): Moment[] {
  const { endedAt, variable } = record
  if (endedAt === null) return []
  const seconds = (name: string) => {
    const value = Number(variable(name) ?? Number.NaN)
    return Number.isFinite(value) ? value : null
  }
  return [
    {
      type: 'call.ended',
      at: endedAt,
      hangupCause: variable('hangup_cause') ?? variable('hangup_cause_q850'),
      data: {
        durationSeconds: seconds('duration'),
        talkSeconds: seconds('billsec'),
        holdSeconds: seconds('hold_accum_seconds'),
        final: !parties.isDestination,
      },
    },
  ]
}
