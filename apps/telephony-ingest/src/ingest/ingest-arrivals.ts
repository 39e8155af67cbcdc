import type { Tx } from '@dealwire/db/client'
import { keepDeadLetters } from '../dead-letters/keep-dead-letters.ts'
import { keepRawWebhooks } from '../raw-webhooks/keep-raw-webhooks.ts'
import { type Arrival, distinctEvents, type Receipt, receiptsOf } from './arrival.ts'
import { countDisordered } from './disorder.ts'
import { type FoldInput, foldGroups } from './fold-groups.ts'
import { type CallGroup, groupCalls } from './group-calls.ts'
import { recordEvents } from './ingest.repository.ts'

export type IngestOptions = Pick<FoldInput, 'usersOf' | 'isFolding'> & {
  /** Told of how many events came after a later one of their call. */
  readonly onDisorder?: (companyId: string, connectionId: string, events: number) => void
}

/**
 * Stores what arrived and folds the calls it touches: all of it or nothing. Two round trips and as many statements,
 * however many events, calls and requests there are.
 */
export async function ingestArrivals(tx: Tx, arrivals: readonly Arrival[], options: IngestOptions): Promise<Receipt[]> {
  const letters = arrivals.flatMap((arrival) => arrival.letters)
  const events = distinctEvents(arrivals)
  if (events.length === 0) {
    keepDeadLetters(tx, letters)
    return receiptsOf(arrivals, [])
  }
  const { fresh, known, people } = await recordEvents(tx, events, [])
  const groups = groupCalls(fresh, [], known)
  for (const group of groups) noteDisorder(group, options)
  const failed = foldGroups(tx, { ...options, groups, people })
  keepDeadLetters(tx, [...letters, ...failed])
  keepRawWebhooks(tx, fresh)
  return receiptsOf(arrivals, fresh)
}

function noteDisorder(group: CallGroup, { onDisorder }: IngestOptions): void {
  const disordered = countDisordered(group)
  if (disordered > 0) onDisorder?.(group.author.companyId, group.connectionId, disordered)
}
