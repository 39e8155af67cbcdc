import type { Database } from '@dealwire/db/client'
import type { Bus } from './bus.ts'
import { LOG_START, type LoggedMessage, positionOf, readLogFiltered } from './log-page.ts'
import { newId } from './new-id.ts'
import { publishAll } from './publish.ts'
import { openSession } from './session.ts'

export type ReplayOptions = {
  readonly database: Database
  readonly bus: Bus
  /** The service whose log is published again, as in `startRelay`. */
  readonly source: string
  /** Inclusive and exclusive edges of the time of the events. */
  readonly from?: Date
  readonly to?: Date
  readonly types?: readonly string[]
  readonly companyId?: string
  readonly signal?: AbortSignal
  /** Told after every page. */
  readonly onProgress?: (published: number) => void
}

export type ReplayResult = { readonly published: number; readonly refused: number }

const PAGE = 500

/**
 * Publishes events of the log again, in its order, for consumers whose stream has lost them.
 * Each run has message ids of its own, so that the stream's duplicate window lets them pass; the event ids stay,
 * so the inbox of a consumer that has had an event drops it. A consumer under a new name handles them all.
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  await options.bus.declare()
  const run = newId()
  const session = await openSession(options.database, 'replay')
  try {
    let position = LOG_START
    let published = 0
    let refused = 0
    for (;;) {
      options.signal?.throwIfAborted()
      const { rows } = await session.client.query<LoggedMessage>({
        name: 'replay_read_log',
        text: readLogFiltered,
        values: [
          options.source,
          position.txId,
          position.seq,
          PAGE,
          options.from ?? null,
          options.to ?? null,
          options.types ?? null,
          options.companyId ?? null,
        ],
      })
      const last = rows.at(-1)
      if (last === undefined) return { published, refused }
      const page = await publishAll(streamOf(options.bus), rows, (row) => `${row.event_id}:${run}`)
      published += page.accepted
      refused += page.refused.length
      position = positionOf(last)
      options.onProgress?.(published)
    }
  } finally {
    await session.end()
  }
}

function streamOf(bus: Bus) {
  const nats = bus.connection()
  if (nats === undefined)
    throw new Error(
      'NATS is not connected; nothing more was published. Run the replay again: what arrived twice has one effect',
    )
  return nats.jetstream()
}
