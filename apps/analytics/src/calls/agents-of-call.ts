import type { CallState } from './call-events.ts'

export type AgentShare = {
  readonly agent_id: string
  offered: number
  answered: number
  ring_no_answer: number
  talk_seconds: number
  hold_seconds: number
  wrap_up_seconds: number
}

type Segment = NonNullable<CallState['agentSegments']>[number]

/** What each agent did in a call. One that names an agent but no segments had one who did all of it. */
export function agentsOf(call: CallState): AgentShare[] {
  if (call.agentSegments == null) return call.agentId == null ? [] : [onlyAgent(call, call.agentId)]
  const shares = new Map<string, AgentShare>()
  for (const segment of call.agentSegments) {
    if (segment.agentId == null) continue
    const share = shares.get(segment.agentId) ?? nothing(segment.agentId)
    add(share, segment)
    shares.set(segment.agentId, share)
  }
  for (const share of shares.values()) settle(share)
  return [...shares.values()]
}

function nothing(agentId: string): AgentShare {
  return {
    agent_id: agentId,
    offered: 0,
    answered: 0,
    ring_no_answer: 0,
    talk_seconds: 0,
    hold_seconds: 0,
    wrap_up_seconds: 0,
  }
}

function add(share: AgentShare, { kind, seconds, outcome }: Segment): void {
  if (kind === 'ring') share.offered += 1
  if (kind === 'ring' && outcome === 'no_answer') share.ring_no_answer += 1
  if (kind === 'talk') share.answered = 1
  if (kind === 'talk') share.talk_seconds += seconds
  if (kind === 'hold') share.hold_seconds += seconds
  if (kind === 'wrapup') share.wrap_up_seconds += seconds
}

/** Whoever talked was offered the call, also where no ringing was told. Sums of milliseconds lose what binary fractions add. */
function settle(share: AgentShare): void {
  share.offered = Math.max(share.offered, share.answered + share.ring_no_answer)
  for (const part of ['talk_seconds', 'hold_seconds', 'wrap_up_seconds'] as const)
    share[part] = Math.round(share[part] * 1_000) / 1_000
}

function onlyAgent(call: CallState, agentId: string): AgentShare {
  const isAnswered = call.status === 'COMPLETED'
  return {
    agent_id: agentId,
    offered: 1,
    answered: isAnswered ? 1 : 0,
    ring_no_answer: isAnswered ? 0 : 1,
    talk_seconds: call.talkSeconds ?? 0,
    hold_seconds: call.holdSeconds ?? 0,
    wrap_up_seconds: call.wrapUpSeconds ?? 0,
  }
}
