import { activityCreated, type callEnded, eventAuthor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, type EventOf } from '@dealwire/messaging'
import { insertCallActivities } from './activities.repository.ts'

/** A finished call of a contact is an activity of its open deals. The end may be told again with late news: then nothing is added. */
export async function addActivityOnCallEnded(tx: Tx, event: EventOf<typeof callEnded>): Promise<void> {
  const { call } = event.data
  if (call.contactId === null || call.endedAt === null) return
  const inbound = call.direction === 'INBOUND'
  const subject = `${inbound ? 'Call from' : 'Call to'} ${(inbound ? call.from : call.to) ?? 'unknown'}`
  const made = await insertCallActivities(tx, {
    companyId: event.companyid,
    callId: call.id,
    contactId: call.contactId,
    subject: subject.slice(0, 200),
    startedAt: call.startedAt,
    endedAt: call.endedAt,
    assignedToId: call.agentId,
  })
  const author = eventAuthor(event)
  for (const { activity, customerId } of made) append(tx, author, activityCreated, activity, { activity, customerId })
}
