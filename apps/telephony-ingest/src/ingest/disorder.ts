import type { CallGroup } from './group-calls.ts'

/** How many of a group's new events happened before something that was known of their call already. */
export function countDisordered({ known, fresh }: CallGroup): number {
  let latest = Number.NEGATIVE_INFINITY
  for (const { events } of known) for (const { occurredAt } of events) latest = Math.max(latest, occurredAt)
  return fresh.filter(({ occurredAt }) => occurredAt < latest).length
}
