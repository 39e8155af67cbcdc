/** A stretch of events of ended calls, from the log of telephony to the figures of analytics. */
export type EventLoad = {
  readonly name: string
  /** Without it they are in the log at once, and the rate is how fast they are worked off. */
  readonly perSecond?: number
  readonly leastPerSecond?: number
  readonly mostP99Ms?: number
}

export const eventLoads: readonly EventLoad[] = [
  { name: 'events to figures, a backlog', leastPerSecond: 5_000 },
  { name: 'events to figures, 500 a second', perSecond: 500, mostP99Ms: 250 },
]
