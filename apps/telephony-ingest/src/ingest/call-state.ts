import { hash } from 'node:crypto'
import type { CallState } from '@dealwire/contracts'
import { type AgentRef, type Call, remoteParty } from '../calls/call.ts'
import type { Person } from './known-call.ts'
import { e164Of } from './phone-numbers.ts'

export type FindUser = (agent: AgentRef) => string | null
export type FindPerson = (e164: string) => Person | undefined

/** What is said of a call besides its own events. */
export type CallContext = {
  readonly id: string
  readonly connectionId: string
  readonly defaultRegion: string
  readonly findUser: FindUser
  readonly findPerson: FindPerson
}

/** The call as its events tell it to the world. */
export function toCallState(call: Call, context: CallContext): CallState {
  const phone = e164Of(remoteParty(call), context.defaultRegion)
  const person = phone === null ? undefined : context.findPerson(phone)
  const { findUser } = context
  return {
    id: context.id,
    externalId: call.externalId,
    connectionId: context.connectionId,
    direction: call.direction,
    status: call.status,
    from: call.from,
    to: call.to,
    phone,
    contactId: person?.kind === 'contact' ? person.id : null,
    customerId: person?.customerId ?? null,
    contactName: person?.name ?? null,
    queue: call.queue,
    agentId: findUser(call),
    startedAt: iso(call.startedAt),
    answeredAt: isoOrNull(call.answeredAt),
    endedAt: isoOrNull(call.endedAt),
    ringSeconds: call.ringSeconds,
    waitSeconds: call.waitSeconds,
    talkSeconds: call.talkSeconds,
    holdSeconds: call.holdSeconds,
    wrapUpSeconds: call.wrapUpSeconds,
    durationSeconds: call.durationSeconds,
    hangupCause: call.hangupCause,
    hasRecording: call.hasRecording,
    flags: [...call.flags],
    queueVisits: call.queueVisits.map((visit) => ({
      queue: visit.queue,
      entry: visit.entry,
      enteredAt: iso(visit.enteredAt),
      leftAt: isoOrNull(visit.leftAt),
      outcome: visit.outcome,
      reason: visit.reason,
      ...agentOf(visit.agent ?? nobody, findUser),
      waitSeconds: visit.waitSeconds,
    })),
    agentSegments: call.agentSegments.map((segment) => ({
      ...agentOf(segment, findUser),
      kind: segment.kind,
      startedAt: iso(segment.startedAt),
      endedAt: isoOrNull(segment.endedAt),
      seconds: segment.seconds,
      outcome: segment.outcome,
    })),
  }
}

export function toLegStates(call: Call, findUser: FindUser) {
  return call.legs.map((leg) => ({
    legId: leg.legId,
    isOrigin: leg.isOrigin,
    ...agentOf(leg, findUser),
    from: leg.from,
    to: leg.to,
    startedAt: iso(leg.startedAt),
    ringingAt: isoOrNull(leg.ringingAt),
    answeredAt: isoOrNull(leg.answeredAt),
    endedAt: isoOrNull(leg.endedAt),
    outcome: leg.outcome,
    hangupCause: leg.hangupCause,
  }))
}

/** Whose number it is changes without the call: it takes no part in telling whether the call changed. */
export function digestOf({ contactId: _id, customerId: _customer, contactName: _name, ...own }: CallState): string {
  return hash('sha1', JSON.stringify(own), 'base64url')
}

const nobody: AgentRef = { agent: null, extension: null }

function agentOf(ref: AgentRef, findUser: FindUser) {
  return { agentId: findUser(ref), agent: ref.agent, extension: ref.extension }
}

export function iso(epochMs: number): string {
  return new Date(epochMs).toISOString()
}

function isoOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : iso(epochMs)
}
