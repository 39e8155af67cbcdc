import type { CallEventType } from '@dealwire/contracts'
import type { OrderedEvent } from './order-events.ts'
import type { OriginLegs } from './origin-legs.ts'
import type { StoredCallEvent } from './stored-call-event.ts'

/** What an event meant can depend on what followed it. */
export type ReadAhead = {
  /** Answers of the exchange itself: a greeting, a menu, queue music or a mailbox picked up, and nobody spoke. */
  readonly machineAnswers: ReadonlySet<StoredCallEvent>
  /** Transfers after which the call was rung, queued or answered again. */
  readonly continuedTransfers: ReadonlySet<StoredCallEvent>
}

/** `queuedAt`: since when the caller is in a queue; null outside. */
type Before = { hasRung: boolean; queuedAt: number | null }
type After = { next: 'person' | 'machine' | 'connect' | null; hasRung: boolean; goesOn: boolean }

const goingOn = new Set<CallEventType>([
  'call.ringing',
  'call.answered',
  'call.bridged',
  'call.voicemail',
  'queue.entered',
  'agent.connected',
])

export function readAhead(ordered: readonly OrderedEvent[], origins: OriginLegs): ReadAhead {
  const before = readForward(ordered, origins)
  const machineAnswers = new Set<StoredCallEvent>()
  const continuedTransfers = new Set<StoredCallEvent>()
  const afterOf = new Map<string, After>()
  for (const { event, at } of ordered.toReversed()) {
    const after = getOrMake(afterOf, event.callKey, () => ({ next: null, hasRung: false, goesOn: false }))
    if (isAnonymousAnswer(event, origins) && isMachineAnswer(event, at, before.get(event), after))
      machineAnswers.add(event)
    if (event.type === 'call.transferred' && after.goesOn) continuedTransfers.add(event)
    lookBack(after, event, origins)
  }
  return { machineAnswers, continuedTransfers }
}

/** The caller's own leg was answered and no user is named: by a person or by the exchange, only the sequel tells. */
function isAnonymousAnswer(event: StoredCallEvent, origins: OriginLegs): boolean {
  return event.type === 'call.answered' && event.agent === null && origins.isOrigin(event)
}

/**
 * Followed by a queue, a mailbox or a bridge, or in the instant of entering a queue, it was the exchange. Followed by an agent
 * being named, it was the exchange too, unless a phone had rung for it and none rang afterwards: then the agent is whoever
 * picked that phone up.
 */
function isMachineAnswer(event: StoredCallEvent, at: number, before: Before | undefined, after: After): boolean {
  if (after.next === 'machine' || before?.queuedAt === at) return true
  if (after.next !== 'connect' || event.extension !== null) return false
  const pickedUp = before?.hasRung === true && before.queuedAt === null && !after.hasRung
  return !pickedUp
}

function lookBack(after: After, event: StoredCallEvent, origins: OriginLegs): void {
  if (goingOn.has(event.type)) after.goesOn = true
  if (event.type === 'call.ringing') after.hasRung = true
  const meaning = meaningOf(event, origins)
  if (meaning === null) return
  after.next = meaning
  after.hasRung = false
}

function meaningOf(event: StoredCallEvent, origins: OriginLegs): After['next'] {
  switch (event.type) {
    case 'queue.entered':
    case 'queue.abandoned':
    case 'call.voicemail':
    case 'call.bridged':
      return 'machine'
    case 'agent.connected':
      return 'connect'
    case 'call.answered':
      return isAnonymousAnswer(event, origins) ? null : 'connect'
    case 'call.held':
    case 'call.transferred':
      return 'person'
    default:
      return null
  }
}

function readForward(ordered: readonly OrderedEvent[], origins: OriginLegs): Map<StoredCallEvent, Before> {
  const stateOf = new Map<string, Before>()
  const before = new Map<StoredCallEvent, Before>()
  for (const { event, at } of ordered) {
    const state = getOrMake(stateOf, event.callKey, () => ({ hasRung: false, queuedAt: null }))
    if (isAnonymousAnswer(event, origins)) before.set(event, { ...state })
    else if (event.type === 'call.ringing') state.hasRung = true
    else if (event.type === 'queue.entered') state.queuedAt = at
    else if (endsQueueing(event.type)) state.queuedAt = null
  }
  return before
}

function endsQueueing(type: CallEventType): boolean {
  return [
    'queue.left',
    'queue.abandoned',
    'agent.connected',
    'call.answered',
    'call.transferred',
    'call.voicemail',
  ].includes(type)
}

function getOrMake<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
