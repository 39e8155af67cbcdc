import type { EventOf } from '@dealwire/messaging'
import { companyChanges } from '../directory/directory-events.ts'
import { projection } from '../projections/projection.ts'
import { agentsOf } from './agents-of-call.ts'
import { type CallState, callEnds, callMerged, queueChanges, queueDeleted } from './call-events.ts'
import { replaceCallFacts, upsertQueueSettings } from './call-facts.repository.ts'
import { markStale } from './call-rollups.repository.ts'
import { SERVICE_LEVEL_SECONDS, SHORT_ABANDON_SECONDS } from './service-level.ts'

type CallEnd = EventOf<(typeof callEnds)[number]>
type CallEvent = CallEnd | EventOf<typeof callMerged>

/** One row per call that has ended, and one per stay in a queue; none for a call that was merged into another. */
export const projectCalls = projection([...callEnds, callMerged], async (tx, events: readonly CallEvent[]) => {
  const versions = events.map((event) => ('call' in event.data ? factOf(event as CallEnd) : goneOf(event)))
  await replaceCallFacts(
    tx,
    versions.filter((fact) => fact !== undefined),
  )
})

function goneOf({ companyid, aggregateversion, subject }: CallEvent) {
  return { company_id: companyid, call_id: subject, version: aggregateversion, started_at: null }
}

function factOf({ companyid, aggregateversion, data: { call } }: CallEnd) {
  if (call.endedAt == null) return undefined
  return {
    company_id: companyid,
    call_id: call.id,
    version: aggregateversion,
    started_at: call.startedAt,
    direction: call.direction,
    status: call.status,
    queue: call.queue ?? null,
    agent_id: call.agentId ?? null,
    connection_id: call.connectionId ?? null,
    customer_id: call.customerId ?? null,
    contact_id: call.contactId ?? null,
    answered_at: call.answeredAt ?? null,
    ended_at: call.endedAt,
    ring_seconds: call.ringSeconds ?? 0,
    wait_seconds: call.waitSeconds ?? 0,
    talk_seconds: call.talkSeconds ?? 0,
    hold_seconds: call.holdSeconds ?? 0,
    wrap_up_seconds: call.wrapUpSeconds ?? 0,
    visits: visitsOf(call),
    agents: agentsOf(call),
  }
}

/** A call that names a queue but not its stays had one: the one that the call's own figures tell of. */
function visitsOf(call: CallState) {
  if (call.queueVisits == null) return call.queue == null ? [] : [onlyVisit(call, call.queue)]
  return call.queueVisits.map((visit, index) => ({
    visit: index + 1,
    queue: visit.queue,
    entered_at: visit.enteredAt,
    outcome: visit.outcome ?? 'abandoned',
    agent_id: visit.agentId ?? null,
    wait_seconds: visit.waitSeconds,
  }))
}

const outcomeByStatus: Readonly<Record<string, string>> = { COMPLETED: 'answered', ABANDONED: 'abandoned' }

function onlyVisit(call: CallState, queue: string) {
  return {
    visit: 1,
    queue,
    entered_at: call.startedAt,
    outcome: outcomeByStatus[call.status] ?? 'left',
    agent_id: call.agentId ?? null,
    wait_seconds: call.waitSeconds ?? 0,
  }
}

/** A deleted queue keeps its name; it is judged by the defaults again. */
export const projectQueues = projection(queueChanges, async (tx, events) => {
  await upsertQueueSettings(
    tx,
    events.map(({ companyid, type, aggregateversion, data: { queue } }) => {
      const settings = type === queueDeleted.type ? undefined : queue
      return {
        company_id: companyid,
        queue: queue.key,
        version: aggregateversion,
        name: queue.name ?? queue.key,
        threshold_seconds: settings?.slaThresholdSeconds ?? SERVICE_LEVEL_SECONDS,
        short_abandon_seconds: settings?.shortAbandonSeconds ?? SHORT_ABANDON_SECONDS,
        include_abandoned: settings?.includeAbandoned ?? true,
        deleted: type === queueDeleted.type,
      }
    }),
  )
  await markStale(
    tx,
    events.map((event) => event.companyid),
    'settings',
  )
})

/** A day is no longer the same day when a company's clocks change. */
export const projectCallZones = projection(companyChanges, async (tx, events) => {
  await markStale(
    tx,
    events.map((event) => event.companyid),
    'zone',
  )
})
