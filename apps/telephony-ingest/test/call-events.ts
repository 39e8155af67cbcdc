import type { StoredCallEvent } from '../src/calls/stored-call-event.ts'

export const START = Date.parse('2026-03-02T09:00:00Z')

/** Seconds after the start, the type, and whatever else matters: a call in the fewest words. */
export type Line = readonly [atSeconds: number, type: StoredCallEvent['type'], rest?: Partial<StoredCallEvent>]

export function inbound(...lines: Line[]): StoredCallEvent[] {
  return callOf('INBOUND', lines)
}

export function outbound(...lines: Line[]): StoredCallEvent[] {
  return callOf('OUTBOUND', lines)
}

export function internal(...lines: Line[]): StoredCallEvent[] {
  return callOf('INTERNAL', lines)
}

function callOf(direction: 'INBOUND' | 'OUTBOUND' | 'INTERNAL', lines: readonly Line[]): StoredCallEvent[] {
  return lines.map(([atSeconds, type, rest], index) => ({
    eventKey: `event-${String(index).padStart(3, '0')}`,
    callKey: 'call-1',
    legId: null,
    type,
    occurredAt: START + Math.round(atSeconds * 1_000),
    sequence: null,
    sequenceScope: null,
    direction,
    from: '+995599000001',
    to: '+995322000002',
    queue: null,
    agent: null,
    extension: null,
    recordingUrl: null,
    hangupCause: null,
    relatedCallKeys: [],
    data: null,
    ...rest,
  }))
}
