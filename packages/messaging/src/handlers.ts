import type { Envelope, EventData, EventSpec } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'

/** An event as its handler sees it: the head, its type, and the data as the contract parsed it. */
export type EventOf<Spec extends EventSpec> = Spec extends EventSpec
  ? Omit<Envelope<EventData<Spec>>, 'type'> & { readonly type: Spec['type'] }
  : never

export type AnyEvent = Envelope

/** What a consumer does with certain events; made by `on` or `onBatch`. */
export type Handler = {
  readonly specs: readonly EventSpec[]
  apply(tx: Tx, events: readonly AnyEvent[]): Promise<void>
}

/** Handles one event at a time, in the transaction that records it as received. */
export function on<Spec extends EventSpec>(
  spec: Spec,
  handle: (tx: Tx, event: EventOf<Spec>) => Promise<void>,
): Handler {
  return {
    specs: [spec],
    async apply(tx, events) {
      // Parsed by this very spec before it came here, which the type of a heterogeneous list cannot carry.
      for (const event of events) await handle(tx, event as unknown as EventOf<Spec>)
    },
  }
}

/** Handles neighbouring events of these types together, for projections that write sets. Each event may be any of `specs`. */
export function onBatch<const Specs extends readonly EventSpec[]>(
  specs: Specs,
  handle: (tx: Tx, events: readonly EventOf<Specs[number]>[]) => Promise<void>,
): Handler {
  return { specs, apply: (tx, events) => handle(tx, events as unknown as readonly EventOf<Specs[number]>[]) }
}

/** Which spec and handler a type belongs to. Two handlers of one type in one consumer would be one too many. */
export type HandlerTable = ReadonlyMap<string, { readonly spec: EventSpec; readonly handler: Handler }>

export function handlerTable(handlers: readonly Handler[]): HandlerTable {
  const table = new Map<string, { spec: EventSpec; handler: Handler }>()
  for (const handler of handlers) {
    for (const spec of handler.specs) {
      if (table.has(spec.type)) throw new Error(`Two handlers of one consumer are for '${spec.type}'`)
      table.set(spec.type, { spec, handler })
    }
  }
  return table
}

/** Runs the handlers in the events' order; neighbours of one handler are handed over together. */
export async function applyAll(tx: Tx, table: HandlerTable, events: readonly AnyEvent[]): Promise<void> {
  let from = 0
  while (from < events.length) {
    const handler = handlerOf(table, events[from])
    let to = from + 1
    while (to < events.length && handlerOf(table, events[to]) === handler) to++
    await handler?.apply(tx, events.slice(from, to))
    from = to
  }
}

function handlerOf(table: HandlerTable, event: AnyEvent | undefined): Handler | undefined {
  return event === undefined ? undefined : table.get(event.type)?.handler
}
