import { type Envelope, envelope } from '@dealwire/contracts'
import type { NatsConnection, StoredMsg } from 'nats'
import type pg from 'pg'
import type { LogPosition } from './log-page.ts'
import { isMissing, STREAM } from './stream.ts'

/**
 * Where to go on: after the last event of this source that the stream still has. A server confirms before its disk has everything,
 * so a machine that lost power may come back with a stream that ends before the cursor. Undefined when nothing tells: the stream has
 * no event of the source, or the last one came from a replay, or its row is gone.
 */
export async function findTail(
  client: pg.ClientBase,
  nats: NatsConnection,
  source: string,
): Promise<LogPosition | undefined> {
  const last = await lastOf(nats, source)
  if (last === undefined) return undefined
  const event = eventOf(last)
  if (event === undefined) return undefined
  const { rows } = await client.query<{ tx_id: string; seq: number }>(
    'SELECT tx_id::text, seq FROM event_log WHERE company_id = $1 AND occurred_at = $2 AND event_id = $3',
    [event.companyid, event.time, event.id],
  )
  return rows[0] && { txId: rows[0].tx_id, seq: rows[0].seq }
}

/** Undefined unless the relay has published it: replays and retried dead letters come in no order, and others publish what they like. */
function eventOf(message: StoredMsg): Envelope | undefined {
  const id = message.header.get('Nats-Msg-Id')
  if (!UUID.test(id)) return undefined
  const parsed = envelope.safeParse(JSON.parse(message.string()))
  return parsed.data?.id === id ? parsed.data : undefined
}

/** The relay's message ids are event ids; those of replays have more to them. */
const UUID = /^[0-9a-f-]{36}$/

async function lastOf(nats: NatsConnection, source: string): Promise<StoredMsg | undefined> {
  const manager = await nats.jetstreamManager({ checkAPI: false })
  try {
    return await manager.streams.getMessage(STREAM, { last_by_subj: `crm.${source}.>` })
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

export function isBefore(one: LogPosition, other: LogPosition): boolean {
  const [tx, otherTx] = [BigInt(one.txId), BigInt(other.txId)]
  return tx < otherTx || (tx === otherTx && one.seq < other.seq)
}
