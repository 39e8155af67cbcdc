import type { AgentKey, Agents } from './agents.ts'
import type { LegOutcome, ProviderFigures } from './call.ts'
import type { OriginLegs } from './origin-legs.ts'
import type { ReadAhead } from './read-ahead.ts'
import type { StoredCallEvent } from './stored-call-event.ts'

/** Something that lasts: `to` is null until an event closes it. */
export type Span = { readonly callKey: string; readonly legId: string; readonly from: number; to: number | null }

/** A person at the other end. Until `consultUntil` they speak with the transferring agent only, not with the caller. */
export type Connection = Span & { readonly isOrigin: boolean; agentKey: AgentKey | null; consultUntil: number | null }
export type Hold = Span & { readonly isOrigin: boolean }
export type Ring = Span & { readonly agentKey: AgentKey | null; outcome: LegOutcome | null }

export type Visit = {
  readonly callKey: string
  readonly queue: string
  readonly entry: number
  readonly enteredAt: number
  leftAt: number | null
  outcome: 'answered' | 'abandoned' | 'left' | null
  reason: string | null
  agentKey: AgentKey | null
}

export type LegState = {
  readonly legId: string
  readonly callKey: string
  readonly isOrigin: boolean
  readonly isParty: boolean
  agentKey: AgentKey | null
  from: string | null
  to: string | null
  readonly startedAt: number
  ringingAt: number | null
  answeredAt: number | null
  /** A person answered, as opposed to the exchange. */
  isConnected: boolean
  endedAt: number | null
  /** `call.ended` is exact; `call.busy` and its like only imply an end. */
  isEndExact: boolean
  verdict: 'busy' | 'failed' | 'cancelled' | null
  /** Under which keys it has rung: one for each agent. */
  readonly ringKeys: string[]
  hangupCause: string | null
  figures: ProviderFigures | null
}

/** Per call identity; a call that was never merged has one. */
export type Thread = {
  readonly callKey: string
  /** The end of the call as a whole, from an event without a leg. */
  endedAt: number | null
  isEndExact: boolean
  /** Set by an abandoned queue visit until anything shows that the call went on. */
  abandonedAt: number | null
  wasTransferred: boolean
  visit: Visit | null
}

/** One event on its way into the timeline. */
export type Step = {
  readonly event: StoredCallEvent
  readonly at: number
  readonly leg: LegState
  readonly thread: Thread
}

/** What the ordered events amount to, before anything is measured. Open spans are indexed so that a step costs O(1). */
export type Timeline = {
  readonly agents: Agents
  readonly origins: OriginLegs
  readonly ahead: ReadAhead
  readonly legs: Map<string, LegState>
  readonly threads: Map<string, Thread>
  readonly connections: Connection[]
  readonly holds: Hold[]
  readonly rings: Ring[]
  readonly visits: Visit[]
  readonly entries: Map<string, number>
  readonly wrapUpEnds: { readonly agentKey: AgentKey | null; readonly at: number }[]
  readonly openConnections: Map<string, Connection>
  readonly openHolds: Map<string, Hold>
  readonly openRings: Map<string, Ring>
  /** First sign of life at the other end, person or machine: where ringing stops. */
  pickedUpAt: number | null
  firstRingAt: number | null
  reachedMailbox: boolean
  leftMessage: boolean
  lastAgentKey: AgentKey | null
  isSkewed: boolean
}

export function emptyTimeline(agents: Agents, origins: OriginLegs, ahead: ReadAhead): Timeline {
  return {
    agents,
    origins,
    ahead,
    legs: new Map(),
    threads: new Map(),
    connections: [],
    holds: [],
    rings: [],
    visits: [],
    entries: new Map(),
    wrapUpEnds: [],
    openConnections: new Map(),
    openHolds: new Map(),
    openRings: new Map(),
    pickedUpAt: null,
    firstRingAt: null,
    reachedMailbox: false,
    leftMessage: false,
    lastAgentKey: null,
    isSkewed: false,
  }
}

/** Closes the open span under a key, if there is one. */
export function closeSpan<S extends Span>(open: Map<string, S>, key: string, at: number): S | undefined {
  const span = open.get(key)
  if (span === undefined) return undefined
  span.to = Math.max(at, span.from)
  open.delete(key)
  return span
}

/** Closes the open spans that match. */
export function closeSpans<S extends Span>(open: Map<string, S>, match: (span: S) => boolean, at: number): S[] {
  const closed: S[] = []
  for (const [key, span] of open) {
    if (!match(span)) continue
    closeSpan(open, key, at)
    closed.push(span)
  }
  return closed
}

/** Nobody speaks with the caller any more. */
export function disconnect(timeline: Timeline, callKey: string, at: number): void {
  const isOfCall = (span: Span) => span.callKey === callKey
  closeSpans(timeline.openConnections, isOfCall, at)
  closeSpans(timeline.openHolds, isOfCall, at)
}
