import { newId } from '@dealwire/messaging'
import type { Dependencies } from '../dependencies.ts'
import { callEvent } from '../providers/normalise/call-event.ts'
import { listStuckCalls } from './stuck-calls.repository.ts'

/** Longer than any conversation: the end was never told, or was lost on the way. */
const IDLE_HOURS = 6
const MAX_PER_RUN = 500

/**
 * Ends calls of which nothing was heard for hours, at the last thing that was heard. The end is one more event of the call, so
 * the fold stays a function of its events; whatever arrives later and says that the call went on opens it again.
 */
export async function reapStuckCalls(
  { database, arrivals, connections }: Pick<Dependencies, 'database' | 'arrivals' | 'connections'>,
  signal: AbortSignal,
): Promise<number> {
  const stuck = await listStuckCalls(database, IDLE_HOURS, MAX_PER_RUN)
  let reaped = 0
  for (const { companyId, connectionId, id, callKeys, lastEventAt } of stuck) {
    if (signal.aborted) break
    const known = await connections.find(connectionId)
    const events = callKeys.map((callKey) =>
      callEvent({
        eventKey: `reaped:${id}:${lastEventAt.getTime()}:${callKey}`,
        callKey,
        type: 'call.ended',
        occurredAt: lastEventAt.getTime(),
        data: { approximate: true, reaped: true },
      }),
    )
    const author = { companyId, userId: null, requestId: newId() }
    const defaultRegion = known?.settings.defaultRegion ?? 'GE'
    await arrivals.add({ author, connectionId, defaultRegion, events, letters: [] })
    reaped++
  }
  return reaped
}
