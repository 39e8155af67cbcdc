import type { CallDirection, CallStatus } from '@dealwire/contracts'

/** How a call or leg came out, apart from whether it has ended. `null`: too early to say. */
export type CallOutcome =
  | 'answered'
  | 'voicemail'
  | 'abandoned'
  | 'busy'
  | 'rejected'
  | 'cancelled'
  | 'failed'
  | 'no_answer'
export type LegOutcome = Exclude<CallOutcome, 'abandoned'> | 'answered_elsewhere'

/** At least one of the two is known. */
export type AgentRef = { readonly agent: string | null; readonly extension: string | null }

/** What the provider itself says; any part may be missing or wrong. */
export type ProviderFigures = {
  readonly durationSeconds: number | null
  readonly talkSeconds: number | null
  readonly holdSeconds: number | null
  readonly waitSeconds: number | null
  readonly ringSeconds: number | null
}

export type CallLeg = {
  readonly legId: string
  readonly callKey: string
  /** The leg that began the call: the caller's. */
  readonly isOrigin: boolean
  readonly agent: string | null
  readonly extension: string | null
  readonly from: string | null
  readonly to: string | null
  readonly startedAt: number
  readonly ringingAt: number | null
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly outcome: LegOutcome | null
  readonly hangupCause: string | null
  readonly provider: ProviderFigures | null
}

/** One stay in one queue: entering the same queue twice makes two. */
export type QueueVisit = {
  readonly callKey: string
  readonly queue: string
  /** 1 for the first entry of this call into this queue. */
  readonly entry: number
  readonly enteredAt: number
  readonly leftAt: number | null
  readonly outcome: 'answered' | 'abandoned' | 'left' | null
  /** Why it was left without an agent: timeout, key, overflow, transfer… */
  readonly reason: string | null
  readonly agent: AgentRef | null
  readonly waitSeconds: number
}

/** What one agent did in the call. Segments of one agent and kind never overlap. */
export type AgentSegment = {
  readonly agent: string | null
  readonly extension: string | null
  readonly kind: 'ring' | 'talk' | 'hold' | 'wrapup'
  readonly startedAt: number
  readonly endedAt: number | null
  readonly seconds: number
  /** Of a ring: how this offer came out. */
  readonly outcome: LegOutcome | null
}

export type CallFlag =
  | 'clock_skew'
  | 'implausible_duration'
  | 'provider_mismatch'
  | 'direction_assumed'
  | 'start_assumed'
  | 'end_assumed'

export type CallRecording = { readonly eventKey: string; readonly url: string | null; readonly legId: string | null }

/**
 * A call as folded from its events. Times are epoch milliseconds; seconds carry at most three decimals. While the call is
 * live, seconds run up to the latest event and `durationSeconds` is null.
 */
export type Call = {
  readonly externalId: string
  /** Every identity the events came under, the first event's first. */
  readonly callKeys: readonly string[]
  readonly direction: CallDirection
  readonly status: CallStatus
  readonly outcome: CallOutcome | null
  readonly isEnded: boolean
  /** The provider's last word is among the events. */
  readonly hasFinalRecord: boolean
  readonly from: string | null
  readonly to: string | null
  /** The queue that led to the agent, else the last one entered. */
  readonly queue: string | null
  /** Who talked longest. */
  readonly agent: string | null
  readonly extension: string | null
  readonly startedAt: number
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly ringSeconds: number
  readonly waitSeconds: number
  readonly talkSeconds: number
  readonly holdSeconds: number
  readonly wrapUpSeconds: number
  readonly durationSeconds: number | null
  readonly hangupCause: string | null
  readonly hasRecording: boolean
  readonly recordingUrl: string | null
  readonly recordings: readonly CallRecording[]
  readonly legs: readonly CallLeg[]
  readonly queueVisits: readonly QueueVisit[]
  readonly agentSegments: readonly AgentSegment[]
  readonly provider: ProviderFigures | null
  readonly flags: readonly CallFlag[]
  readonly eventsCount: number
  readonly lastEventAt: number
}

/** The number at the other end, as the provider wrote it. */
export function remoteParty(call: Pick<Call, 'direction' | 'from' | 'to'>): string | null {
  return call.direction === 'OUTBOUND' ? call.to : call.from
}
