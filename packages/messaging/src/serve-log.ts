import { type Database, run, statement } from '@dealwire/db/client'
import type { Logger } from '@dealwire/telemetry'
import type { Msg, NatsConnection } from 'nats'
import { z } from 'zod'
import type { Bus } from './bus.ts'
import { type LoggedMessage, positionOf, readLogFiltered } from './log-page.ts'
import { backoffMs, pause } from './pause.ts'

export const logRequest = z.object({
  companyId: z.uuid(),
  after: z.object({ txId: z.string().regex(/^\d{1,20}$/), seq: z.int().min(0) }),
})

export const logPage = z.object({
  messages: z.array(z.string()),
  /** Where to go on; null at the end of the log. */
  next: logRequest.shape.after.nullable(),
})
export type LogPage = z.output<typeof logPage>

export const logSubject = (source: string) => `log.${source}`

const PAGE = 500
/** Well below the size of a message that servers accept unless told otherwise. */
const PAGE_CHARACTERS = 256 * 1024
const WAIT_FOR_BUS_MS = 1_000
const CHECK_MS = 200

const page = statement('serve_log_page', readLogFiltered)

/** Answers those who want to read a company's part of this service's log from its beginning; one process of the service answers each. */
export function serveLog(options: {
  database: Database
  bus: Bus
  source: string
  logger: Logger
  signal: AbortSignal
}) {
  return serveForEver(options)
}

type Server = Parameters<typeof serveLog>[0]

async function serveForEver(server: Server): Promise<void> {
  while (!server.signal.aborted) {
    await server.bus.waitUntilUp(WAIT_FOR_BUS_MS, server.signal)
    const nats = server.bus.connection()
    if (nats !== undefined) await serveOnce(server, nats)
    await pause(backoffMs(0), server.signal)
  }
}

async function serveOnce(server: Server, nats: NatsConnection): Promise<void> {
  const losses = server.bus.losses()
  const subscription = nats.subscribe(logSubject(server.source), {
    queue: server.source,
    callback: (error, message) => {
      if (error === null) void answer(server, message)
    },
  })
  while (!server.signal.aborted && server.bus.losses() === losses) await pause(CHECK_MS, server.signal)
  subscription.unsubscribe()
}

/** An asker who gets no answer asks again: what goes wrong here is ours to log. */
async function answer(server: Server, message: Msg): Promise<void> {
  try {
    const { companyId, after } = logRequest.parse(message.json())
    const filters = [null, null, null, companyId]
    const values = [server.source, after.txId, after.seq, PAGE, ...filters]
    message.respond(JSON.stringify(pageOf(await run<LoggedMessage>(server.database, page, values))))
  } catch (error) {
    server.logger.warn({ err: error, source: server.source }, 'a page of the log could not be sent')
  }
}

/** As many rows as fit, at least one. */
function pageOf(rows: readonly LoggedMessage[]): LogPage {
  let characters = 0
  const fitting = rows.filter(({ message }, index) => {
    characters += message.length
    return index === 0 || characters <= PAGE_CHARACTERS
  })
  const last = fitting.at(-1)
  return { messages: fitting.map((row) => row.message), next: last === undefined ? null : positionOf(last) }
}
