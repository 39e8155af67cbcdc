import { AppError } from '@dealwire/errors'
import type { Bus } from './bus.ts'
import { type AnyEvent, type Handler, handlerTable } from './handlers.ts'
import type { LogPosition } from './log-page.ts'
import { parseMessage } from './parse-message.ts'
import { logPage, logSubject } from './serve-log.ts'

export type ServiceLogPage = {
  readonly events: readonly AnyEvent[]
  /** Messages that this version cannot read. */
  readonly broken: number
  /** Where to go on; undefined at the end. */
  readonly next: LogPosition | undefined
}

const ANSWER_MS = 10_000

/** A page of a company's events from a service's log, in its order, as the handlers' specs read them. Needs the service to be up. */
export async function readServiceLog(
  bus: Bus,
  question: { readonly source: string; readonly companyId: string; readonly after: LogPosition },
  handlers: readonly Handler[],
): Promise<ServiceLogPage> {
  const { source, companyId, after } = question
  const nats = bus.connection()
  if (nats === undefined) throw unreachable(source)
  const reply = await nats
    .request(logSubject(source), JSON.stringify({ companyId, after }), { timeout: ANSWER_MS })
    .catch((cause: unknown) => {
      throw unreachable(source, cause)
    })
  const { messages, next } = logPage.parse(reply.json())
  const table = handlerTable(handlers)
  const parsed = messages.map((message) => parseMessage(table, message))
  return {
    events: parsed.flatMap((one) => (one.kind === 'event' ? [one.event] : [])),
    broken: parsed.filter((one) => one.kind === 'broken').length,
    next: next ?? undefined,
  }
}

function unreachable(source: string, cause?: unknown): AppError {
  return new AppError('unavailable', 'log_unavailable', `The log of '${source}' cannot be read: nobody answers.`, {
    cause,
  })
}
