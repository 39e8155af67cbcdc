import { defineEvent } from '@dealwire/contracts'
import { z } from 'zod'

const seconds = z.number().min(0).nullish()

const queueVisit = z.looseObject({
  queue: z.string(),
  enteredAt: z.iso.datetime(),
  outcome: z.enum(['answered', 'abandoned', 'left']).nullish(),
  waitSeconds: z.number().min(0),
  agentId: z.uuid().nullish(),
})

const agentSegment = z.looseObject({
  agentId: z.uuid().nullish(),
  kind: z.string(),
  seconds: z.number().min(0),
  outcome: z.string().nullish(),
})

/** What analytics reads of a call in an event: the whole call as folded so far. */
const callState = z.looseObject({
  id: z.uuid(),
  connectionId: z.uuid().nullish(),
  direction: z.enum(['INBOUND', 'OUTBOUND', 'INTERNAL']),
  status: z.string(),
  from: z.string().nullish(),
  to: z.string().nullish(),
  contactId: z.uuid().nullish(),
  customerId: z.uuid().nullish(),
  queue: z.string().nullish(),
  agentId: z.uuid().nullish(),
  startedAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullish(),
  endedAt: z.iso.datetime().nullish(),
  ringSeconds: seconds,
  waitSeconds: seconds,
  talkSeconds: seconds,
  holdSeconds: seconds,
  wrapUpSeconds: seconds,
  queueVisits: z.array(queueVisit).max(1_000).nullish(),
  agentSegments: z.array(agentSegment).max(10_000).nullish(),
})
export type CallState = z.output<typeof callState>

const callFact = z.looseObject({ call: callState })
const summary = 'A call as it is after it ended, or after late news about its end.'

/** Figures count calls that have ended; what happens while a call is live does not change them. */
export const callEnds = [
  defineEvent('crm.telephony.call.ended', summary, callFact),
  defineEvent('crm.telephony.call.missed', summary, callFact),
  defineEvent('crm.telephony.call.abandoned', summary, callFact),
] as const

/** Its facts go: the other call has all of it. */
export const callMerged = defineEvent(
  'crm.telephony.call.merged',
  'A call turned out to be part of another one.',
  z.looseObject({ callId: z.uuid(), intoId: z.uuid() }),
)

const queueFact = z.looseObject({
  queue: z.looseObject({
    key: z.string(),
    name: z.string().nullish(),
    slaThresholdSeconds: z.int().min(1).nullish(),
    shortAbandonSeconds: z.int().min(0).nullish(),
    includeAbandoned: z.boolean().nullish(),
  }),
})

export const queueDeleted = defineEvent('crm.telephony.queue.deleted', 'A queue was deleted.', queueFact)

/** How queues want to be judged. */
export const queueChanges = [
  defineEvent('crm.telephony.queue.created', 'A queue was named.', queueFact),
  defineEvent('crm.telephony.queue.updated', 'Settings of a queue changed.', queueFact),
  queueDeleted,
] as const
