import { withTx } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import type { ConsumerContext } from './consumer-context.ts'
import { lockDeadLetter, noteFailedRetry, resolveDeadLetter } from './dead-letters.ts'
import { applyAll } from './handlers.ts'
import { recordInbox } from './inbox.ts'
import { parseMessage } from './parse-message.ts'

/** Effect, inbox row and the letter's end commit together; an event that was handled meanwhile only ends the letter. */
export async function retryDeadLetter(context: ConsumerContext, companyId: string, id: string): Promise<void> {
  try {
    await withTx(context.database, async (tx) => {
      const letter = await lockDeadLetter(tx, context.consumer, companyId, id)
      const parsed = parseMessage(context.table, letter.message)
      if (parsed.kind === 'broken')
        throw new AppError('invalid', 'message_unreadable', `The message cannot be read: ${parsed.reason}`)
      if (parsed.kind === 'event') {
        const fresh = await recordInbox(tx, context.consumer, [parsed.event])
        await applyAll(tx, context.table, fresh)
      }
      await resolveDeadLetter(tx, companyId, id)
    })
  } catch (error) {
    await noteFailedRetry(context.database, context.consumer, companyId, id, error).catch(() => undefined) // the first error says more
    throw error
  }
}
