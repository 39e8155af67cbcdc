import { type CallState, callbackOpened, callbackResolved, callEnded, eventAuthor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, newId, onBatch } from '@dealwire/messaging'
import { type EndedNumber, lockNumbers, openCallbacks, resolveCallbacks, type Settled } from './callbacks.repository.ts'

type EndEvent = Parameters<typeof eventAuthor>[0] & {
  readonly companyid: string
  readonly data: { readonly call: CallState }
}

/**
 * Brings the callbacks of the numbers in line with their calls as they are stored now. What is open follows from the calls
 * alone, so it does not matter in which order, or how often, their ends are heard of. Missed and abandoned calls have ended, too.
 */
export const settleCallbacks = onBatch([callEnded], settle)

async function settle(tx: Tx, events: readonly EndEvent[]): Promise<void> {
  const byNumber = new Map<string, { number: EndedNumber; event: EndEvent }>()
  for (const event of events) {
    const { phone, direction } = event.data.call
    if (phone === null || direction === 'INTERNAL') continue
    const number = { company_id: event.companyid, phone, id: newId() }
    byNumber.set(`${event.companyid} ${phone}`, { number, event })
  }
  if (byNumber.size === 0) return
  const numbers = [...byNumber.values()].map(({ number }) => number)
  await lockNumbers(tx, numbers)
  const tell = (spec: typeof callbackOpened | typeof callbackResolved, { companyId, state }: Settled) => {
    const cause = byNumber.get(`${companyId} ${state.phone}`)
    if (cause !== undefined) append(tx, eventAuthor(cause.event), spec, state, { callback: state })
  }
  for (const settled of await resolveCallbacks(tx, numbers)) tell(callbackResolved, settled)
  for (const settled of await openCallbacks(tx, numbers)) if (settled.isNew) tell(callbackOpened, settled)
}
