import { type Interval, subtract, union } from './intervals.ts'
import type { Connection, Hold, Span } from './timeline.ts'

/** Turns a span into an interval; what is still open runs to the end of its call, or for ever while the call is live. */
export type Close = (span: Span) => Interval

export type Conversation = { readonly talk: Interval[]; readonly hold: Interval[] }

export type HoldIndex = {
  readonly ofLeg: ReadonlyMap<string, Interval[]>
  readonly ofOrigin: ReadonlyMap<string, Interval[]>
}

/** A hold on the caller's leg stops everyone in the call; one on another leg stops that leg only. */
export function indexHolds(holds: readonly Hold[], close: Close): HoldIndex {
  const ofLeg = new Map<string, Interval[]>()
  const ofOrigin = new Map<string, Interval[]>()
  for (const hold of holds) {
    const index = hold.isOrigin ? ofOrigin : ofLeg
    const key = hold.isOrigin ? hold.callKey : hold.legId
    const intervals = index.get(key)
    if (intervals === undefined) index.set(key, [close(hold)])
    else intervals.push(close(hold))
  }
  return { ofLeg, ofOrigin }
}

/** Time on the line with the caller: the union over everyone who spoke, whatever each leg's record adds up to. */
export function conversationOf(connections: readonly Connection[], holds: HoldIndex, close: Close): Conversation {
  const perThread = groupBy(connections, (connection) => connection.callKey)
  const connected: Interval[] = []
  const talk: Interval[] = []
  for (const [callKey, ofThread] of perThread) {
    const speaking: Interval[] = []
    const byPhones = ofThread.filter(({ isOrigin }) => !isOrigin).map((connection) => withCaller(connection, close))
    for (const [legId, ofLeg] of groupBy(ofThread, (connection) => connection.legId)) {
      const whole = ofLeg.map((connection) => withCaller(connection, close))
      // The caller's own place in a bridge is no second speaker: while a phone is in it, that phone's holds decide.
      const pieces = ofLeg[0]?.isOrigin === true ? subtract(whole, byPhones) : whole
      connected.push(...pieces)
      speaking.push(...subtract(pieces, holds.ofLeg.get(legId) ?? []))
    }
    talk.push(...subtract(speaking, holds.ofOrigin.get(callKey) ?? []))
  }
  return { talk: union(talk), hold: subtract(connected, talk) }
}

/** One agent's own conversation: a consultation before a transfer is talk for the agent, though the caller is on hold. */
export function agentConversation(connections: readonly Connection[], holds: HoldIndex, close: Close): Conversation {
  const { talk, hold } = conversationOf(connections, holds, close)
  const consults = connections
    .filter((connection) => connection.consultUntil !== null)
    .map((connection) => ({ from: connection.from, to: connection.consultUntil ?? connection.from }))
  return { talk: union([...talk, ...consults]), hold: subtract(hold, consults) }
}

function withCaller(connection: Connection, close: Close): Interval {
  const { from, to } = close(connection)
  return { from: Math.max(from, connection.consultUntil ?? from), to }
}

export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
