import { envelope } from '@dealwire/contracts'
import type { AnyEvent, HandlerTable } from './handlers.ts'

export type Parsed =
  | { readonly kind: 'event'; readonly event: AnyEvent }
  /** A valid event that this consumer does not handle. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'broken'; readonly reason: string }

/** Reads a message by its contract. What cannot be read today cannot be read on the next delivery either. */
export function parseMessage(table: HandlerTable, text: string): Parsed {
  const json = parseJson(text)
  if (json === undefined) return { kind: 'broken', reason: 'not JSON' }
  const head = envelope.safeParse(json)
  if (!head.success) return { kind: 'broken', reason: `envelope: ${head.error.message}` }
  const entry = table.get(head.data.type)
  if (entry === undefined) return { kind: 'foreign' }
  const data = entry.spec.data.safeParse(head.data.data)
  if (!data.success) return { kind: 'broken', reason: `data of ${head.data.type}: ${data.error.message}` }
  return { kind: 'event', event: { ...head.data, data: data.data } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // JSON has no undefined, so the caller can tell
  }
}
