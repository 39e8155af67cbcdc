import type { Author } from '@dealwire/contracts'
import type { StoredCallEvent } from '../calls/stored-call-event.ts'
import type { NewDeadLetter } from '../dead-letters/dead-letter.ts'

/** What one request brought. Stored as a whole or not at all. */
export type Arrival = {
  readonly author: Author
  readonly connectionId: string
  /** Of the connection: for numbers without a country code. */
  readonly defaultRegion: string
  readonly events: readonly StoredCallEvent[]
  readonly letters: readonly NewDeadLetter[]
  /** As it came, where it may have to be read again: what was posted in our own words says all in its events. */
  readonly raw?: { readonly rawQuery: string; readonly body: Uint8Array }
}

export type Receipt = { readonly accepted: number; readonly duplicates: number }

/** One event of a batch of arrivals, once per connection and key. */
export type ArrivedEvent = { readonly event: StoredCallEvent; readonly arrival: Arrival; readonly arrivalIndex: number }

/** The first of each key; the others are duplicates within the batch. */
export function distinctEvents(arrivals: readonly Arrival[]): ArrivedEvent[] {
  const byKey = new Map<string, ArrivedEvent>()
  for (const [arrivalIndex, arrival] of arrivals.entries()) {
    for (const event of arrival.events) {
      const key = `${arrival.connectionId} ${event.eventKey}`
      if (!byKey.has(key)) byKey.set(key, { event, arrival, arrivalIndex })
    }
  }
  return [...byKey.values()]
}

/** For each arrival how many of its events were new. */
export function receiptsOf(arrivals: readonly Arrival[], fresh: readonly ArrivedEvent[]): Receipt[] {
  const accepted = arrivals.map(() => 0)
  for (const { arrivalIndex } of fresh) accepted[arrivalIndex] = (accepted[arrivalIndex] ?? 0) + 1
  return arrivals.map(({ events }, index) => {
    const own = accepted[index] ?? 0
    return { accepted: own, duplicates: events.length - own }
  })
}
