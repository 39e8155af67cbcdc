import {
  type CallEventType,
  callAbandoned,
  callAnswered,
  callEnded,
  callHeld,
  callMissed,
  callResumed,
  callRinging,
  callStarted,
  callTransferred,
} from '@dealwire/contracts'
import type { Call } from '../calls/call.ts'
import type { StoredCall } from './known-call.ts'

export type CallChange =
  | typeof callStarted
  | typeof callRinging
  | typeof callAnswered
  | typeof callHeld
  | typeof callResumed
  | typeof callTransferred
  | typeof callEnded
  | typeof callMissed
  | typeof callAbandoned

/**
 * What happened to a call between two folds, as facts to tell. A call that arrives whole, as a detail record does, tells of
 * its beginning, its answer and its end; what passed in between is told only while it lasts.
 */
export function callChanges(
  before: StoredCall | null,
  call: Call,
  digest: string,
  news: ReadonlySet<CallEventType>,
): CallChange[] {
  return [...beginnings(before, call), ...passing(before, call, news), ...endings(before, call, digest)]
}

function beginnings(before: StoredCall | null, call: Call): CallChange[] {
  const changes: CallChange[] = before === null ? [callStarted] : []
  if (call.answeredAt !== null && before?.isAnswered !== true) changes.push(callAnswered)
  return changes
}

function passing(before: StoredCall | null, call: Call, news: ReadonlySet<CallEventType>): CallChange[] {
  const changes: CallChange[] = news.has('call.transferred') ? [callTransferred] : []
  if (call.isEnded) return changes
  if (news.has('call.ringing')) changes.push(callRinging)
  if (call.status === 'HELD' && before?.status !== 'HELD') changes.push(callHeld)
  if (call.status === 'ACTIVE' && before?.status === 'HELD') changes.push(callResumed)
  return changes
}

function endings(before: StoredCall | null, call: Call, digest: string): CallChange[] {
  if (!call.isEnded || (before?.isEnded === true && before.digest === digest)) return []
  const changes: CallChange[] = [callEnded]
  if (call.status === 'MISSED' && before?.status !== 'MISSED') changes.push(callMissed)
  if (call.status === 'ABANDONED' && before?.status !== 'ABANDONED') changes.push(callAbandoned)
  return changes
}
