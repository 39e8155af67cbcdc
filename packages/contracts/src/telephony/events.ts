import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { callback } from './callbacks.ts'
import { agentSegment, call, queueVisit } from './calls.ts'
import { connection } from './connections.ts'
import { qualityReview } from './quality.ts'
import { queue } from './queues.ts'

/** A call as folded so far, in every event about it: a projection may take any one of them, and keeps the newest version. */
export const liveCallState = z
  .object(call.shape)
  .omit({ agentName: true, finalizedAt: true, version: true, createdAt: true, updatedAt: true })
export type LiveCallState = z.output<typeof liveCallState>

/**
 * An ended call, with what its figures are made of. Late news comes as `call.ended` again, with a higher version; a call of
 * which nothing was known before its end is told by its end alone.
 */
export const callState = liveCallState.extend({
  queueVisits: z.array(z.object(queueVisit.shape)),
  agentSegments: z.array(z.object(agentSegment.shape)),
})
export type CallState = z.output<typeof callState>

const liveFact = z.object({ call: liveCallState })
const fact = z.object({ call: callState })

export const callStarted = defineEvent('crm.telephony.call.started', 'A call began.', liveFact)
export const callRinging = defineEvent('crm.telephony.call.ringing', 'A phone rings for a live call.', liveFact)
export const callAnswered = defineEvent('crm.telephony.call.answered', 'A person answered the call.', liveFact)
export const callHeld = defineEvent('crm.telephony.call.held', 'A live call was put on hold.', liveFact)
export const callResumed = defineEvent('crm.telephony.call.resumed', 'A live call was taken off hold.', liveFact)
export const callTransferred = defineEvent(
  'crm.telephony.call.transferred',
  'A call was handed on to somebody else.',
  liveFact,
)
export const callEnded = defineEvent(
  'crm.telephony.call.ended',
  'A call ended, or something about an ended call became known later.',
  fact,
)
export const callMissed = defineEvent(
  'crm.telephony.call.missed',
  'A call ended without anybody serving the caller.',
  fact,
)
export const callAbandoned = defineEvent('crm.telephony.call.abandoned', 'A caller gave up in a queue.', fact)
export const callFinalized = defineEvent(
  'crm.telephony.call.finalized',
  'Nothing more is expected of an ended call: for whoever copies calls once. Late news comes as `call.ended`, and then this again.',
  fact,
)
export const callMerged = defineEvent(
  'crm.telephony.call.merged',
  'Two calls turned out to be one: the subject is no call of its own any more, `intoId` has all of it.',
  z.object({ callId: z.uuid(), intoId: z.uuid() }),
)
export const recordingAvailable = defineEvent(
  'crm.telephony.recording.available',
  'A recording of a call can be had.',
  z.object({
    call: liveCallState,
    recording: z.object({ eventId: z.string(), legId: z.string().nullable(), url: z.string().nullable() }),
  }),
)

const callbackState = z.object(callback.shape).omit({ contactId: true, contactName: true })
const callbackFact = z.object({ callback: callbackState })

export const callbackOpened = defineEvent('crm.telephony.callback.opened', 'A number called in vain.', callbackFact)
export const callbackAssigned = defineEvent(
  'crm.telephony.callback.assigned',
  'Somebody is to call a number back.',
  callbackFact,
)
export const callbackCompleted = defineEvent('crm.telephony.callback.completed', 'A callback was done.', callbackFact)
export const callbackResolved = defineEvent(
  'crm.telephony.callback.resolved',
  'A later answered call with the number, either way, made a callback needless.',
  callbackFact,
)
const queueFact = z.object({ queue: z.object(queue.shape) })

export const queueCreated = defineEvent('crm.telephony.queue.created', 'A queue was named.', queueFact)
export const queueUpdated = defineEvent('crm.telephony.queue.updated', 'Settings of a queue changed.', queueFact)
export const queueDeleted = defineEvent('crm.telephony.queue.deleted', 'A queue was deleted.', queueFact)
export const reviewCreated = defineEvent(
  'crm.telephony.review.created',
  'A call was reviewed.',
  z.object({ review: z.object(qualityReview.shape) }),
)
export const connectionSilent = defineEvent(
  'crm.telephony.connection.silent',
  'A connection that is usually busy has gone quiet.',
  z.object({
    connection: z.object(connection.shape).pick({ id: true, name: true, provider: true, lastEventAt: true }),
  }),
)
