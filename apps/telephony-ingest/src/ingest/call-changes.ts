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

type LiveChange =
  | typeof callStarted
  | typeof callRinging
  | typeof callAnswered
  | typeof callHeld
  | typeof callResumed
  | typeof callTransferred
export type CallChange = LiveChange | typeof callEnded | typeof callMissed | typeof callAbandoned

/**
 * What happened to a call between two folds, as facts to tell. A call that arrives whole, as a detail record does, is told by
 * its end alone: nobody could have watched it begin, and the end has all of it.
 */
export function callChanges(
  before: StoredCall | null,
  call: Call,
  digest: string,
  news: ReadonlySet<CallEventType>,
): CallChange[] {
  const isWhole = before === null && call.isEnded
  const live = isWhole ? [] : [...beginnings(before, call), ...passing(before, call, news)]
  return [...live, ...endings(before, call, digest)]
}

function beginnings(before: StoredCall | null, call: Call): LiveChange[] {
  const changes: LiveChange[] = before === null ? [callStarted] : []
  if (call.answeredAt !== null && before?.isAnswered !== true) changes.push(callAnswered)
  return changes
}

function passing(before: StoredCall | null, call: Call, news: ReadonlySet<CallEventType>): LiveChange[] {
  const changes: LiveChange[] = news.has('call.transferred') ? [callTransferred] : []
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
