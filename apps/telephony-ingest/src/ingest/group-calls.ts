import type { Author } from '@dealwire/contracts'
import type { StoredCallEvent } from '../calls/stored-call-event.ts'
import type { ArrivedEvent } from './arrival.ts'
import type { KnownCall } from './known-call.ts'

/** Everything that belongs to one call: known calls that it unites, and what is new. */
export type CallGroup = {
  readonly author: Author
  readonly connectionId: string
  readonly defaultRegion: string
  readonly callKeys: ReadonlySet<string>
  /** The oldest first; more than one: they turned out to be the same call. */
  readonly known: readonly KnownCall[]
  readonly fresh: readonly StoredCallEvent[]
}

/** What a group is made for besides new events: a call to be folded again. */
export type Touch = Pick<CallGroup, 'author' | 'connectionId' | 'defaultRegion'> & {
  readonly callKeys: readonly string[]
}

type Draft = Touch & { callKeys: string[]; known: KnownCall[]; fresh: StoredCallEvent[] }

/** Identities named together are one call, transitively, within their connection. */
export function groupCalls(
  fresh: readonly ArrivedEvent[],
  touches: readonly Touch[],
  known: readonly KnownCall[],
): CallGroup[] {
  const roots = new DisjointSets()
  for (const call of known) roots.unite(call.callKeys.map((key) => nodeOf(call.connectionId, key)))
  for (const { arrival, event } of fresh) roots.unite(keysOf(event).map((key) => nodeOf(arrival.connectionId, key)))
  for (const touch of touches) roots.unite(touch.callKeys.map((key) => nodeOf(touch.connectionId, key)))

  const drafts = new Map<string, Draft>()
  const draftOf = (touch: Touch, key: string) => {
    const root = roots.find(nodeOf(touch.connectionId, key))
    const draft = drafts.get(root) ?? { ...touch, callKeys: [], known: [], fresh: [] }
    drafts.set(root, draft)
    return draft
  }
  for (const { arrival, event } of fresh) {
    const { author, connectionId, defaultRegion } = arrival
    const draft = draftOf({ author, connectionId, defaultRegion, callKeys: [] }, event.callKey)
    draft.fresh.push(event)
    draft.callKeys.push(...keysOf(event))
  }
  for (const touch of touches) for (const key of touch.callKeys) draftOf(touch, key).callKeys.push(key)
  for (const call of known) {
    const [key] = call.callKeys
    const draft = key === undefined ? undefined : drafts.get(roots.find(nodeOf(call.connectionId, key)))
    draft?.known.push(call)
    draft?.callKeys.push(...call.callKeys)
  }
  return [...drafts.values()].map((draft) => ({
    ...draft,
    callKeys: new Set(draft.callKeys),
    known: draft.known.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }))
}

export function keysOf(event: StoredCallEvent): string[] {
  return [event.callKey, ...event.relatedCallKeys]
}

function nodeOf(connectionId: string, callKey: string): string {
  return `${connectionId} ${callKey}`
}

class DisjointSets {
  readonly #parents = new Map<string, string>()

  find(node: string): string {
    let root = node
    for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root)) root = parent
    if (root !== node) this.#parents.set(node, root)
    return root
  }

  unite(nodes: readonly string[]): void {
    const [first] = nodes
    if (first === undefined) return
    for (const node of nodes) {
      const root = this.find(node)
      const target = this.find(first)
      if (root !== target) this.#parents.set(root, target)
    }
  }
}
