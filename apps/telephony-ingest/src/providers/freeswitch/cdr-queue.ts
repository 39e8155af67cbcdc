import type { CdrParties } from './cdr-parties.ts'
import { type CdrRecord, epochMs } from './cdr-record.ts'
import type { Moment } from './moment.ts'

const ONE_SECOND_MS = 1_000

/** mod_callcenter's account of a caller's stay in a queue, on the caller's leg. Its times are whole seconds, rounded down. */
export function queueMoments(record: CdrRecord, parties: CdrParties): Moment[] {
  const { variable } = record
  const joinedAt = epochMs(variable('cc_queue_joined_epoch'))
  if (parties.isDestination || joinedAt === null || variable('cc_side') !== 'member') return []
  const queue = variable('cc_queue')
  const enteredAt = refine(joinedAt, [record.startedAt, record.answeredAt])
  return [{ type: 'queue.entered', at: enteredAt, queue }, ...leaving(record, parties, queue, enteredAt)]
}

function leaving(record: CdrRecord, parties: CdrParties, queue: string | null, enteredAt: number): Moment[] {
  const { variable } = record
  const answeredAt = epochMs(variable('cc_queue_answered_epoch'))
  if (answeredAt !== null) {
    const at = Math.max(refine(answeredAt, [record.bridgedAt]), enteredAt)
    return [{ type: 'agent.connected', at, queue, agent: parties.agent }]
  }
  const canceledAt = epochMs(variable('cc_queue_canceled_epoch'))
  if (canceledAt === null) return []
  const at = Math.max(refine(canceledAt, [record.endedAt]), enteredAt)
  const reason = variable('cc_cancel_reason')?.toLowerCase() ?? null
  const gaveUp = reason === null || reason === 'break_out' || reason === 'none'
  return [gaveUp ? { type: 'queue.abandoned', at, queue } : { type: 'queue.left', at, queue, data: { reason } }]
}

/** The exact time of the same moment, where the channel has one within the second that was cut off. */
function refine(wholeSecond: number, exact: readonly (number | null)[]): number {
  const match = exact.findLast((time) => time !== null && time >= wholeSecond && time - wholeSecond < ONE_SECOND_MS)
  return match ?? wholeSecond
}
