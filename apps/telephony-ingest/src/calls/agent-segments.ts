import type { AgentKey, Agents } from './agents.ts'
import type { AgentSegment, LegOutcome } from './call.ts'
import { clip, coveredMs, type Interval, toSeconds, union } from './intervals.ts'
import { agentConversation, type Close, groupBy, type HoldIndex } from './talk-time.ts'
import type { Connection, Ring, Timeline } from './timeline.ts'

export type AgentActivity = {
  readonly key: AgentKey
  readonly rings: readonly { readonly interval: Interval; readonly outcome: LegOutcome | null }[]
  readonly talk: readonly Interval[]
  readonly hold: readonly Interval[]
  readonly wrapUp: readonly Interval[]
}

/** Every agent who was offered the call or spoke in it, in order of appearance. */
export function agentActivities(timeline: Timeline, holds: HoldIndex, close: Close): AgentActivity[] {
  const rings = groupBy(timeline.rings, (ring) => ring.agentKey)
  const connections = groupBy(timeline.connections, (connection) => connection.agentKey)
  const keys = new Set([...rings.keys(), ...connections.keys()])
  const wrapUps = wrapUpsByAgent(timeline, connections, close)
  return [...keys]
    .filter((key) => key !== null)
    .map((key) => ({
      key,
      rings: mergeRings(rings.get(key) ?? [], close),
      ...agentConversation(connections.get(key) ?? [], holds, close),
      wrapUp: union(wrapUps.get(key) ?? []),
    }))
    .sort((a, b) => firstMoment(a) - firstMoment(b) || (a.key < b.key ? -1 : 1))
}

export function toSegments(activity: AgentActivity, agents: Agents, horizon: Interval): AgentSegment[] {
  const who = agents.refOf(activity.key) ?? { agent: null, extension: null }
  const segment = (kind: AgentSegment['kind'], interval: Interval, outcome: LegOutcome | null): AgentSegment => ({
    agent: who.agent,
    extension: who.extension,
    kind,
    startedAt: interval.from,
    endedAt: interval.to === Number.POSITIVE_INFINITY ? null : interval.to,
    seconds: toSeconds(coveredMs(kind === 'wrapup' ? [interval] : clip([interval], horizon))),
    outcome,
  })
  return [
    ...activity.rings.map((ring) => segment('ring', ring.interval, ring.outcome)),
    ...activity.talk.map((interval) => segment('talk', interval, null)),
    ...activity.hold.map((interval) => segment('hold', interval, null)),
    ...activity.wrapUp.map((interval) => segment('wrapup', interval, null)),
  ]
}

/** Who talked longest; of equals the first. Somebody who answered and hung up at once still counts. */
export function longestTalker(
  activities: readonly AgentActivity[],
  timeline: Timeline,
  horizon: Interval,
): AgentKey | null {
  const answered = new Set(timeline.connections.map((connection) => connection.agentKey))
  let best: { key: AgentKey; talkMs: number } | null = null
  for (const activity of activities) {
    if (!answered.has(activity.key)) continue
    const talkMs = coveredMs(clip(activity.talk, horizon))
    if (best === null || talkMs > best.talkMs) best = { key: activity.key, talkMs }
  }
  return best?.key ?? null
}

function firstMoment(activity: AgentActivity): number {
  const starts = [...activity.rings.map((ring) => ring.interval), ...activity.talk, ...activity.hold].map(
    ({ from }) => from,
  )
  return Math.min(...starts)
}

/** Several devices of one agent ring as one offer; it was answered if any of them was. */
function mergeRings(rings: readonly Ring[], close: Close): AgentActivity['rings'] {
  const merged: { interval: Interval; outcome: LegOutcome | null }[] = []
  const sorted = rings
    .map((ring) => ({ interval: close(ring), outcome: ring.outcome }))
    .sort((a, b) => a.interval.from - b.interval.from || a.interval.to - b.interval.to)
  for (const ring of sorted) {
    const last = merged.at(-1)
    if (last === undefined || ring.interval.from >= last.interval.to) {
      merged.push(ring)
      continue
    }
    last.interval = { from: last.interval.from, to: Math.max(last.interval.to, ring.interval.to) }
    last.outcome = strongest(last.outcome, ring.outcome)
  }
  return merged
}

function strongest(a: LegOutcome | null, b: LegOutcome | null): LegOutcome | null {
  for (const outcome of ['answered', 'answered_elsewhere'] as const) if (a === outcome || b === outcome) return outcome
  return a ?? b
}

/** Wrap-up runs from the end of the agent's conversation to the event that ends it. */
function wrapUpsByAgent(
  timeline: Timeline,
  connections: ReadonlyMap<AgentKey | null, Connection[]>,
  close: Close,
): Map<AgentKey, Interval[]> {
  const wrapUps = new Map<AgentKey, Interval[]>()
  const talkEnds = new Map<AgentKey, readonly number[]>()
  for (const { agentKey, at } of timeline.wrapUpEnds) {
    const key = agentKey ?? timeline.lastAgentKey
    if (key === null) continue
    const ends = talkEnds.get(key) ?? (connections.get(key) ?? []).map((one) => close(one).to).sort((a, b) => a - b)
    talkEnds.set(key, ends)
    const from = ends[countUpTo(ends, at) - 1]
    if (from === undefined) continue
    const intervals = wrapUps.get(key)
    if (intervals === undefined) wrapUps.set(key, [{ from, to: at }])
    else intervals.push({ from, to: at })
  }
  return wrapUps
}

/** How many of the ascending numbers are at most `limit`. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] ?? limit) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
