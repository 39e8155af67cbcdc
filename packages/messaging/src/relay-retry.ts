import { type Database, withTx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import type { Bus } from './bus.ts'
import { lockDeadLetter, resolveDeadLetter } from './dead-letters.ts'
import { newId } from './new-id.ts'
import { publishAll } from './publish.ts'

/** Publishes an event that the relay had to set aside, after the server's limit was raised. Throws while it is still refused. */
export async function retryUnpublished(
  options: { readonly database: Database; readonly bus: Bus; readonly consumer: string },
  companyId: string,
  id: string,
): Promise<void> {
  const stream = options.bus.connection()?.jetstream()
  if (stream === undefined)
    throw new AppError('unavailable', 'bus_unavailable', 'NATS is not connected; try again in a moment.')
  await withTx(options.database, async (tx) => {
    const letter = await lockDeadLetter(tx, options.consumer, companyId, id)
    const row = {
      tx_id: '0',
      seq: 0,
      company_id: companyId,
      event_id: letter.eventId,
      subject: letter.subject,
      message: letter.message,
    }
    const { refused } = await publishAll(stream, [row], () => `${letter.eventId}:${newId()}`)
    const [refusal] = refused
    if (refusal !== undefined)
      throw new AppError('too_large', 'event_too_large', 'NATS still refuses the event.', { cause: refusal.error })
    await resolveDeadLetter(tx, companyId, id)
  })
}
