import { withTx } from '@dealwire/db/client'
import type { JsMsg, NatsConnection } from 'nats'
import type { ConsumerContext } from './consumer-context.ts'
import { storeDeadLetter, UNKNOWN_COMPANY } from './dead-letters.ts'
import { type AnyEvent, applyAll } from './handlers.ts'
import { recordInbox } from './inbox.ts'
import { isStorageAway, outcomeOf, redeliveryMs } from './outcome.ts'
import { parseMessage } from './parse-message.ts'
import { backoffMs, pause } from './pause.ts'

type Delivery = { readonly message: JsMsg; readonly event: AnyEvent }

/** Brings every message to an end: acknowledged, given back for later, or set aside. Throws nothing that a message can cause. */
export async function settleBatch(
  context: ConsumerContext,
  nats: NatsConnection,
  messages: readonly JsMsg[],
): Promise<void> {
  const deliveries: Delivery[] = []
  for (const message of messages) {
    const parsed = parseMessage(context.table, message.string())
    if (parsed.kind === 'event') deliveries.push({ message, event: parsed.event })
    else if (parsed.kind === 'foreign') message.ack()
    else await setAside(context, nats, message, new Error(`The message cannot be read: ${parsed.reason}`))
  }
  await settleEvents(context, nats, deliveries)
  const last = messages.at(-1)
  context.state.pending = last === undefined ? 0 : last.info.pending
  context.figures.pending.set({ consumer: context.consumer }, context.state.pending)
}

/** All in one transaction; if that fails, one by one, so that only the guilty ones are held up. */
async function settleEvents(
  context: ConsumerContext,
  nats: NatsConnection,
  deliveries: readonly Delivery[],
): Promise<void> {
  if (deliveries.length === 0) return
  try {
    await applyWhileStorageReturns(context, deliveries)
  } catch (error) {
    const [only] = deliveries
    if (deliveries.length > 1) for (const delivery of deliveries) await settleEvents(context, nats, [delivery])
    else if (only !== undefined) await settleFailure(context, nats, only.message, error)
    return
  }
  for (const { message } of deliveries) message.ack()
}

/** A database that is away is no fault of the messages: they are kept, not counted as failed deliveries. */
async function applyWhileStorageReturns(context: ConsumerContext, deliveries: readonly Delivery[]): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await apply(context, deliveries)
      return
    } catch (error) {
      if (!isStorageAway(error) || context.signal.aborted) throw error
      context.logger.warn({ consumer: context.consumer, events: deliveries.length }, 'database away; holding the batch')
      await pause(backoffMs(attempt), context.signal)
    }
  }
}

async function apply(context: ConsumerContext, deliveries: readonly Delivery[]): Promise<void> {
  const events = deliveries.map((delivery) => delivery.event)
  const fresh = await withTx(context.database, async (tx) => {
    const unseen = await recordInbox(tx, context.consumer, events)
    await applyAll(tx, context.table, unseen)
    return unseen
  })
  const { consumer, figures } = context
  figures.handled.inc({ consumer }, fresh.length)
  figures.duplicates.inc({ consumer }, events.length - fresh.length)
  const now = Date.now()
  for (const event of fresh) figures.delay.observe({ consumer }, Math.max(0, now - Date.parse(event.time)) / 1_000)
}

async function settleFailure(
  context: ConsumerContext,
  nats: NatsConnection,
  message: JsMsg,
  error: unknown,
): Promise<void> {
  const deliveries = message.info.deliveryCount
  // While the database is away or we are stopping, only the attempt is over.
  const outcome = isStorageAway(error) ? 'retry' : outcomeOf(error, deliveries, context.maxDeliveries)
  context.figures.failures.inc({ consumer: context.consumer })
  context.logger.warn(
    { err: error, consumer: context.consumer, subject: message.subject, deliveries, outcome },
    'event not handled',
  )
  switch (outcome) {
    case 'ack':
      message.ack()
      return
    case 'retry':
      message.nak(redeliveryMs(deliveries))
      return
    case 'dead_letter':
      await setAside(context, nats, message, error)
  }
}

async function setAside(context: ConsumerContext, nats: NatsConnection, message: JsMsg, error: unknown): Promise<void> {
  const text = message.string()
  const parsed = parseMessage(context.table, text)
  const companyId = parsed.kind === 'event' ? parsed.event.companyid : companyOf(message.subject)
  const letter = {
    companyId,
    consumer: context.consumer,
    eventId: parsed.kind === 'event' ? parsed.event.id : `${message.info.stream}:${message.seq}`,
    subject: message.subject,
    message: text,
    error,
    deliveries: message.info.deliveryCount,
  }
  try {
    await storeDeadLetter(context.database, letter)
  } catch (failure) {
    context.logger.warn({ err: failure, consumer: context.consumer }, 'dead letter not stored; the message comes again')
    message.nak(redeliveryMs(letter.deliveries))
    return
  }
  message.term()
  context.figures.deadLetters.inc({ consumer: context.consumer })
  context.logger.error(
    { err: error, consumer: context.consumer, subject: message.subject, eventId: letter.eventId },
    'message set aside',
  )
  // For whoever watches `dlq.>`; the row is what counts.
  nats.publish(`dlq.${context.consumer}.${companyId}`, text)
}

const COMPANY = /\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/

function companyOf(subject: string): string {
  return COMPANY.exec(subject)?.[1] ?? UNKNOWN_COMPANY
}
