import type { EventSpec } from '../core/event.ts'
import type { Route } from '../core/route.ts'
import { createAgentRoute, deleteAgentRoute, getAgentRoute, listAgentsRoute, updateAgentRoute } from './agents.ts'
import { assignCallbackRoute, completeCallbackRoute, getCallbackRoute, listCallbacksRoute } from './callbacks.ts'
import { getCallRoute, getRecordingRoute, listCallsRoute, listLiveCallsRoute } from './calls.ts'
import {
  createConnectionRoute,
  deleteConnectionRoute,
  getConnectionRoute,
  listConnectionsRoute,
  rotateConnectionSecretRoute,
  updateConnectionRoute,
} from './connections.ts'
import { listTelephonyDeadLettersRoute, retryTelephonyDeadLetterRoute } from './dead-letters.ts'
import {
  callAbandoned,
  callAnswered,
  callbackAssigned,
  callbackCompleted,
  callbackOpened,
  callbackResolved,
  callEnded,
  callFinalized,
  callHeld,
  callMerged,
  callMissed,
  callResumed,
  callRinging,
  callStarted,
  callTransferred,
  connectionSilent,
  queueCreated,
  queueDeleted,
  queueUpdated,
  recordingAvailable,
  reviewCreated,
} from './events.ts'
import {
  getWebhookRoute,
  getWebhookWithTokenRoute,
  ingestEventsRoute,
  postWebhookRoute,
  postWebhookWithTokenRoute,
} from './ingest.ts'
import { lookupRoute } from './lookup.ts'
import {
  createQualityReviewRoute,
  deleteQualityReviewRoute,
  getQualityReviewRoute,
  listQualityReviewsRoute,
  updateQualityReviewRoute,
} from './quality.ts'
import { createQueueRoute, deleteQueueRoute, getQueueRoute, listQueuesRoute, updateQueueRoute } from './queues.ts'

export * from './agents.ts'
export * from './call-events.ts'
export * from './callbacks.ts'
export * from './calls.ts'
export * from './connections.ts'
export * from './dead-letters.ts'
export * from './events.ts'
export * from './ingest.ts'
export * from './lookup.ts'
export * from './quality.ts'
export * from './queues.ts'

export const telephonyRoutes: readonly Route[] = [
  listConnectionsRoute,
  createConnectionRoute,
  getConnectionRoute,
  updateConnectionRoute,
  deleteConnectionRoute,
  rotateConnectionSecretRoute,
  postWebhookRoute,
  postWebhookWithTokenRoute,
  getWebhookRoute,
  getWebhookWithTokenRoute,
  ingestEventsRoute,
  listCallsRoute,
  listLiveCallsRoute,
  getCallRoute,
  getRecordingRoute,
  listQueuesRoute,
  createQueueRoute,
  getQueueRoute,
  updateQueueRoute,
  deleteQueueRoute,
  listAgentsRoute,
  createAgentRoute,
  getAgentRoute,
  updateAgentRoute,
  deleteAgentRoute,
  listTelephonyDeadLettersRoute,
  retryTelephonyDeadLetterRoute,
  listCallbacksRoute,
  getCallbackRoute,
  assignCallbackRoute,
  completeCallbackRoute,
  listQualityReviewsRoute,
  createQualityReviewRoute,
  getQualityReviewRoute,
  updateQualityReviewRoute,
  deleteQualityReviewRoute,
  lookupRoute,
]

export const telephonyEvents: readonly EventSpec[] = [
  callStarted,
  callRinging,
  callAnswered,
  callHeld,
  callResumed,
  callTransferred,
  callEnded,
  callMissed,
  callAbandoned,
  callFinalized,
  callMerged,
  recordingAvailable,
  callbackOpened,
  callbackAssigned,
  callbackCompleted,
  callbackResolved,
  queueCreated,
  queueUpdated,
  queueDeleted,
  reviewCreated,
  connectionSilent,
]
