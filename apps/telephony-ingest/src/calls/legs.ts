import type { CallLeg, LegOutcome } from './call.ts'
import type { ThreadEnds } from './call-end.ts'
import { classifyCause } from './hangup-causes.ts'
import { legOutcomeOf } from './leg-outcome.ts'
import type { LegState, Ring, Timeline } from './timeline.ts'

/** Legs in the order they appeared. One that never reported its end ended with its call. */
export function toLegs(timeline: Timeline, ends: ThreadEnds): CallLeg[] {
  const ringOf = new Map(timeline.rings.map((ring) => [ring.legId, ring]))
  const connected = new Set(timeline.connections.map((connection) => connection.callKey))
  return [...timeline.legs.values()].map((leg) => {
    const who = timeline.agents.refOf(leg.agentKey)
    const endedAt = leg.endedAt ?? ends.get(leg.callKey) ?? null
    return {
      legId: leg.legId,
      callKey: leg.callKey,
      isOrigin: leg.isOrigin,
      agent: who?.agent ?? null,
      extension: who?.extension ?? null,
      from: leg.from,
      to: leg.to,
      startedAt: leg.startedAt,
      ringingAt: leg.ringingAt,
      answeredAt: leg.answeredAt,
      endedAt: endedAt === null ? null : Math.max(endedAt, leg.startedAt),
      outcome: endedAt === null ? null : outcomeOf(leg, ringOf.get(leg.legId), connected.has(leg.callKey)),
      hangupCause: leg.hangupCause,
      provider: leg.figures,
    }
  })
}

/**
 * The caller's leg came out as the call did. A leg that was still ringing when another one was picked up lost the race,
 * whatever cause it was torn down with.
 */
function outcomeOf(leg: LegState, ring: Ring | undefined, isCallConnected: boolean): LegOutcome {
  if (leg.answeredAt !== null || (leg.isOrigin && isCallConnected)) return 'answered'
  if (!leg.isOrigin && ring?.outcome === 'answered_elsewhere') return 'answered_elsewhere'
  return legOutcomeOf(leg.verdict, classifyCause(leg.hangupCause))
}
