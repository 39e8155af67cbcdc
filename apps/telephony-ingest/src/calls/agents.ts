import type { AgentRef } from './call.ts'
import type { OrderedEvent } from './order-events.ts'
import type { StoredCallEvent } from './stored-call-event.ts'

/** Stands for one agent within a call, however an event names them. */
export type AgentKey = string

/** Providers name an agent by user in one event and by extension in the next; one event with both joins the two. */
export type Agents = {
  readonly keyOf: (event: StoredCallEvent) => AgentKey | null
  readonly refOf: (key: AgentKey | null) => AgentRef | null
}

export function collectAgents(ordered: readonly OrderedEvent[]): Agents {
  const userOf = new Map<string, string>()
  const extensionOf = new Map<string, string>()
  for (const { event } of ordered) {
    if (event.agent === null || event.extension === null) continue
    if (!userOf.has(event.extension)) userOf.set(event.extension, event.agent)
    if (!extensionOf.has(event.agent)) extensionOf.set(event.agent, event.extension)
  }
  const refs = new Map<AgentKey, AgentRef>()

  function keyOf(event: StoredCallEvent): AgentKey | null {
    const joined = event.extension === null ? undefined : userOf.get(event.extension)
    const agent = event.agent ?? joined ?? null
    if (agent !== null)
      return remember(`agent:${agent}`, { agent, extension: extensionOf.get(agent) ?? event.extension })
    return event.extension === null
      ? null
      : remember(`extension:${event.extension}`, { agent, extension: event.extension })
  }

  function remember(key: AgentKey, ref: AgentRef): AgentKey {
    if (!refs.has(key)) refs.set(key, ref)
    return key
  }

  return { keyOf, refOf: (key) => (key === null ? null : (refs.get(key) ?? null)) }
}
