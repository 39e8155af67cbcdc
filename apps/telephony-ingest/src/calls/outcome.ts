import type { CallDirection, CallStatus } from '@dealwire/contracts'
import type { CallOutcome } from './call.ts'
import { classifyCause } from './hangup-causes.ts'
import { legOutcomeOf } from './leg-outcome.ts'
import type { LegState, Timeline } from './timeline.ts'

export type Verdict = { readonly status: CallStatus; readonly outcome: CallOutcome | null }

/** What a call that goes on is doing. */
export function liveStatus(timeline: Timeline): CallStatus {
  if ([...timeline.threads.values()].some((thread) => thread.visit !== null)) return 'QUEUED'
  const open = [...timeline.openConnections.values()]
  if (open.length > 0) return open.every((connection) => isHeld(timeline, connection)) ? 'HELD' : 'ACTIVE'
  if (timeline.openRings.size > 0) return 'RINGING'
  const hasAnswer = [...timeline.legs.values()].some((leg) => leg.answeredAt !== null)
  return hasAnswer || timeline.reachedMailbox ? 'ACTIVE' : 'RINGING'
}

function isHeld(timeline: Timeline, connection: { legId: string; callKey: string }): boolean {
  if (timeline.openHolds.has(connection.legId)) return true
  return [...timeline.openHolds.values()].some((hold) => hold.isOrigin && hold.callKey === connection.callKey)
}

/**
 * What became of a call that has ended. An answer outweighs everything, so that a late busy or a technical cause never turns
 * a conversation into a failure; and nothing but an answer makes a call answered, whatever its last event was called.
 */
export function finalVerdict(timeline: Timeline, direction: CallDirection): Verdict {
  if (timeline.connections.length > 0) return { status: 'COMPLETED', outcome: 'answered' }
  if (timeline.reachedMailbox && timeline.leftMessage) return { status: 'VOICEMAIL', outcome: 'voicemail' }
  if (endedInQueue(timeline)) return { status: 'ABANDONED', outcome: 'abandoned' }
  return unanswered(unansweredOutcome(timeline, direction), isSaid(timeline), direction)
}

function endedInQueue(timeline: Timeline): boolean {
  const last = timeline.visits.at(-1)
  return last !== undefined && (last.outcome === null || last.outcome === 'abandoned')
}

/** A busy or failed call said in so many words keeps that status in every direction; a mere cause does so only outbound. */
function unanswered(outcome: CallOutcome, isStated: boolean, direction: CallDirection): Verdict {
  if (outcome === 'busy' && (isStated || direction !== 'INBOUND')) return { status: 'BUSY', outcome }
  if (direction === 'OUTBOUND') return { status: 'FAILED', outcome }
  return { status: outcome === 'failed' && isStated ? 'FAILED' : 'MISSED', outcome }
}

function isSaid(timeline: Timeline): boolean {
  return origins(timeline).some((leg) => leg.verdict === 'busy' || leg.verdict === 'failed')
}

/** Inbound, only the caller's leg speaks for the call: one busy phone of a group is not a busy company. */
function unansweredOutcome(timeline: Timeline, direction: CallDirection): CallOutcome {
  const legs = direction === 'INBOUND' ? origins(timeline) : [...timeline.legs.values()]
  const outcomes = legs.map((leg) => legOutcomeOf(leg.verdict, classifyCause(leg.hangupCause)))
  const telling = outcomes.find((outcome) => outcome === 'busy') ?? outcomes.find((outcome) => outcome !== 'no_answer')
  return telling === undefined || telling === 'answered_elsewhere' ? 'no_answer' : telling
}

function origins(timeline: Timeline): LegState[] {
  return [...timeline.legs.values()].filter((leg) => leg.isOrigin)
}
