import { isDeepStrictEqual } from 'node:util'
import { completeEvent, type SpokenEvent, type StoredCallEvent, spokenParts } from '../calls/stored-call-event.ts'
import type { EventRef } from './raw-webhooks.repository.ts'

/** What reading a request again makes different: events that nobody had, and further versions of those it brought. */
export type Difference = {
  readonly added: readonly StoredCallEvent[]
  readonly changed: readonly StoredCallEvent[]
  /** Versions that say that an event is none. */
  readonly voided: readonly StoredCallEvent[]
  /** What the request stands for from now on. */
  readonly refs: readonly EventRef[]
}

/**
 * Compares what a request says today with what is stored. A request speaks for the events it brought first, and for such as
 * nobody has brought; those of other requests are theirs.
 */
export function rereadWebhook(
  refs: readonly EventRef[],
  stored: readonly SpokenEvent[],
  today: readonly StoredCallEvent[],
): Difference {
  const newest = newestVersions(stored)
  const own = new Set(refs.map(([, eventKey]) => eventKey))
  const said = new Map(today.map((event) => [event.eventKey, event]))
  const added = [...said.values()].filter(({ eventKey }) => !newest.has(eventKey))
  const changes = [...said.values()].flatMap((event) => {
    const before = own.has(event.eventKey) ? newest.get(event.eventKey) : undefined
    return before === undefined || saysTheSame(before, event) ? [] : [{ before, event }]
  })
  const moved = changes.filter(({ before, event }) => before.callKey !== event.callKey)
  const silent = [...newest.values()].filter(
    ({ eventKey, isVoid }) => own.has(eventKey) && !said.has(eventKey) && isVoid !== true,
  )
  const kept = [...said.values()].filter((event) => own.has(event.eventKey) || added.includes(event))
  const unsaid = refs.filter(([, eventKey]) => !said.has(eventKey))
  return {
    added,
    changed: changes.map(({ before, event }) => ({ ...event, revision: (before.revision ?? 0) + 1 })),
    voided: [...moved.map(({ before }) => voidOf(before)), ...silent.map(voidOf)],
    refs: [...kept.map((event) => [event.callKey, event.eventKey] as const), ...unsaid],
  }
}

function newestVersions(stored: readonly SpokenEvent[]): Map<string, StoredCallEvent> {
  const newest = new Map<string, StoredCallEvent>()
  for (const spoken of stored) {
    const known = newest.get(spoken.eventKey)
    const isNewer = known === undefined || isLater(spoken, known)
    if (isNewer) newest.set(spoken.eventKey, completeEvent(spoken))
  }
  return newest
}

/** Of one revision, one under another call's key is what replaced the void one. */
function isLater(a: SpokenEvent, b: SpokenEvent): boolean {
  const newer = (a.revision ?? 0) - (b.revision ?? 0)
  return newer > 0 || (newer === 0 && b.isVoid === true)
}

function voidOf(event: StoredCallEvent): StoredCallEvent {
  return { ...event, isVoid: true, revision: (event.revision ?? 0) + 1 }
}

function saysTheSame(before: StoredCallEvent, event: StoredCallEvent): boolean {
  return before.isVoid !== true && isDeepStrictEqual(words(before), words(event))
}

/** As they are stored: through JSON, which knows no undefined. */
function words(event: StoredCallEvent): unknown {
  const { revision: _revision, isVoid: _isVoid, ...rest } = spokenParts(event)
  return JSON.parse(JSON.stringify(rest))
}
