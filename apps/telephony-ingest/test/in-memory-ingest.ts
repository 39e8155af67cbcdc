import type { Call } from '../src/calls/call.ts'
import { foldCall } from '../src/calls/fold-call.ts'
import type { StoredCallEvent } from '../src/calls/stored-call-event.ts'
import type { Arrival } from '../src/ingest/arrival.ts'
import { groupCalls, keysOf } from '../src/ingest/group-calls.ts'
import type { KnownCall } from '../src/ingest/known-call.ts'

const author = { companyId: 'company', userId: null, requestId: 'request' }
const connectionId = 'connection'

/** What the service does with batches of events, without its database: the same grouping, merging and folding. */
export function ingestInMemory(batches: readonly (readonly StoredCallEvent[])[]): Call[] {
  const seen = new Set<string>()
  let calls: KnownCall[] = []
  let made = 0
  for (const batch of batches) {
    const fresh = batch.filter(({ eventKey }) => !seen.has(eventKey) && seen.add(eventKey))
    const arrival: Arrival = { author, connectionId, defaultRegion: 'GE', events: fresh, letters: [] }
    const touchedKeys = new Set(fresh.flatMap(keysOf))
    const touched = calls.filter(({ callKeys }) => callKeys.some((key) => touchedKeys.has(key)))
    const groups = groupCalls(
      fresh.map((event) => ({ event, arrival, arrivalIndex: 0 })),
      [],
      touched,
    )
    const folded = groups.map(({ known, callKeys, fresh: news }) => ({
      companyId: author.companyId,
      connectionId,
      id: known[0]?.id ?? String(made++).padStart(9, '0'),
      callKeys: [...callKeys],
      events: [...known.flatMap(({ events }) => events), ...news],
      stored: null,
    }))
    calls = [...calls.filter((call) => !touched.includes(call)), ...folded]
  }
  return calls.map(({ events }) => foldCall(events)).sort((a, b) => (a.externalId < b.externalId ? -1 : 1))
}
