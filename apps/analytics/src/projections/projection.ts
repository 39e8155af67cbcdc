import type { EventSpec } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { type AnyEvent, type EventOf, type Handler, onBatch } from '@dealwire/messaging'
import { recordProgress } from './progress.repository.ts'

/**
 * A read model and the events it is made from. `project` gets a batch in any order, with old and new versions mixed, and must leave
 * the same rows whatever the order and however often an event comes.
 */
export type Projection = {
  readonly specs: readonly EventSpec[]
  project(tx: Tx, events: readonly AnyEvent[]): Promise<void>
}

export function projection<const Specs extends readonly EventSpec[]>(
  specs: Specs,
  project: (tx: Tx, events: readonly EventOf<Specs[number]>[]) => Promise<void>,
): Projection {
  return { specs, project: (tx, events) => project(tx, events as unknown as readonly EventOf<Specs[number]>[]) }
}

export type ProjectionHooks = {
  readonly beforeBatch: (tx: Tx, companyIds: readonly string[]) => Promise<void>
  /** After COMMIT. */
  readonly onProjected: (companyIds: readonly string[]) => void
}

/**
 * Applies a batch to every projection that wants some of it, in the transaction that records the events as received.
 * One after the other on purpose: a projection that goes on after another one failed would write outside the transaction.
 */
export function projectInto(
  consumer: string,
  projections: readonly Projection[],
  { beforeBatch, onProjected }: ProjectionHooks,
): Handler {
  const specs = [...new Set(projections.flatMap((one) => one.specs))]
  return onBatch(specs, async (tx, events: readonly AnyEvent[]) => {
    const companyIds = [...new Set(events.map((event) => event.companyid))]
    await beforeBatch(tx, companyIds)
    for (const { specs: wanted, project } of projections) {
      const types = new Set(wanted.map((spec) => spec.type))
      const own = events.filter((event) => types.has(event.type))
      if (own.length > 0) await project(tx, own)
    }
    await recordProgress(tx, consumer, events)
    tx.hooks.afterCommit.push(() => onProjected(companyIds))
  })
}
