import { type CallState, callMerged, recordingAvailable } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, newId } from '@dealwire/messaging'
import { type Call, remoteParty } from '../calls/call.ts'
import { foldCall } from '../calls/fold-call.ts'
import { FOLD_FAILED, type NewDeadLetter } from '../dead-letters/dead-letter.ts'
import { callChanges } from './call-changes.ts'
import { type CallContext, digestOf, type FindUser, iso, toCallState, toLegStates } from './call-state.ts'
import type { CallGroup } from './group-calls.ts'
import { type CallColumn, type CallKeyRow, type CallRow, type MergedRow, replaceCalls } from './ingest.repository.ts'
import type { KnownCall, Person } from './known-call.ts'
import { e164Of } from './phone-numbers.ts'

export type FoldInput = {
  readonly groups: readonly CallGroup[]
  readonly people: readonly Person[]
  readonly usersOf: (companyId: string, connectionId: string) => FindUser
  /** Off: the events are only stored, and every call is set aside to be folded later. */
  readonly isFolding: boolean
}

/** Replaces every group's call and tells what changed. Calls that cannot be folded are given back as dead letters. */
export function foldGroups(tx: Tx, { groups, people, usersOf, isFolding }: FoldInput): NewDeadLetter[] {
  const byNumber = new Map(people.map((person) => [`${person.companyId} ${person.e164}`, person]))
  const writes = { calls: [] as CallRow[], keys: [] as CallKeyRow[], merged: [] as MergedRow[] }
  const letters: NewDeadLetter[] = []
  for (const group of groups) {
    const { companyId } = group.author
    const survivor = group.known.find(({ stored }) => stored !== null) ?? group.known[0]
    const context: CallContext = {
      id: survivor?.id ?? newId(),
      connectionId: group.connectionId,
      defaultRegion: group.defaultRegion,
      findUser: usersOf(companyId, group.connectionId),
      findPerson: (e164) => byNumber.get(`${companyId} ${e164}`),
    }
    writes.keys.push(...newKeys(group, survivor, context.id))
    const result = isFolding ? tryFold(group) : new Error('The call could not be stored as folded')
    if (result instanceof Error) {
      letters.push(foldFailure(group, result))
      continue
    }
    writes.merged.push(...mergeOthers(tx, group, context.id))
    writes.calls.push(tellChanges(tx, group, survivor, result, context))
  }
  replaceCalls(tx, writes)
  return letters
}

/** A call that breaks the fold must not take the others with it; its events are stored all the same. */
function tryFold(group: CallGroup): Call | Error {
  try {
    return foldCall([...group.known.flatMap(({ events }) => events), ...group.fresh])
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function foldFailure(group: CallGroup, error: Error): NewDeadLetter {
  const [callKey = ''] = group.fresh.map((event) => event.callKey).concat([...group.callKeys])
  return {
    companyId: group.author.companyId,
    connectionId: group.connectionId,
    code: FOLD_FAILED,
    message: `${error.name}: ${error.message}`,
    rawQuery: '',
    body: Buffer.from(callKey),
  }
}

function newKeys(group: CallGroup, survivor: KnownCall | undefined, callId: string): CallKeyRow[] {
  const known = new Set(survivor?.callKeys)
  return [...group.callKeys]
    .filter((key) => !known.has(key))
    .map((key) => ({
      company_id: group.author.companyId,
      connection_id: group.connectionId,
      call_key: key,
      call_id: callId,
    }))
}

function mergeOthers(tx: Tx, group: CallGroup, intoId: string): MergedRow[] {
  const rows: MergedRow[] = []
  for (const { id, stored } of group.known) {
    if (id === intoId || stored === null) continue
    append(tx, group.author, callMerged, { id, version: stored.version + 1 }, { callId: id, intoId })
    rows.push({ company_id: group.author.companyId, id, into_id: intoId })
  }
  return rows
}

function tellChanges(
  tx: Tx,
  group: CallGroup,
  survivor: KnownCall | undefined,
  call: Call,
  context: CallContext,
): CallRow {
  const before = survivor?.stored ?? null
  const state = toCallState(call, context)
  const digest = digestOf(state)
  const entity = { id: context.id, version: (before?.version ?? 0) + 1 }
  const news = new Set(group.fresh.map((event) => event.type))
  for (const change of callChanges(before, call, digest, news))
    append(tx, group.author, change, entity, { call: state })

  const recordings = call.recordings.map(({ eventKey, url, legId }) => ({ eventId: eventKey, legId, url }))
  const told = new Set(before?.recordingIds)
  for (const recording of recordings)
    if (!told.has(recording.eventId)) append(tx, group.author, recordingAvailable, entity, { call: state, recording })

  return { ...toRow(call, state, context), company_id: group.author.companyId, ...entity, recordings, digest }
}

function toRow(
  call: Call,
  state: CallState,
  context: CallContext,
): Omit<Record<CallColumn, unknown>, 'digest' | 'version' | 'recordings'> {
  return {
    connection_id: context.connectionId,
    external_id: call.externalId,
    direction: call.direction,
    status: call.status,
    outcome: call.outcome,
    from_party: call.from,
    to_party: call.to,
    from_e164: e164Of(call.from, context.defaultRegion),
    to_e164: e164Of(call.to, context.defaultRegion),
    remote_party: remoteParty(call),
    remote_e164: state.phone,
    queue: call.queue,
    agent: call.agent,
    extension: call.extension,
    agent_id: state.agentId,
    started_at: state.startedAt,
    answered_at: state.answeredAt,
    ended_at: state.endedAt,
    ring_seconds: call.ringSeconds,
    wait_seconds: call.waitSeconds,
    talk_seconds: call.talkSeconds,
    hold_seconds: call.holdSeconds,
    wrap_up_seconds: call.wrapUpSeconds,
    duration_seconds: call.durationSeconds,
    hangup_cause: call.hangupCause,
    has_final_record: call.hasFinalRecord,
    flags: call.flags,
    legs: toLegStates(call, context.findUser),
    queue_visits: state.queueVisits,
    agent_segments: state.agentSegments,
    provider: call.provider,
    events_count: call.eventsCount,
    last_event_at: iso(call.lastEventAt),
  }
}
