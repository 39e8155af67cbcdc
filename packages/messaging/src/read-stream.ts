import type { NatsConnection } from 'nats'
import { STREAM } from './stream.ts'
import { addReader, removeReader, type StreamMessage } from './stream-consumer.ts'

const BATCH = 200
const FETCH_MS = 2_000
const MAX_EMPTY = 3

/** What the stream holds of a subject after one message and up to another, in order, a bounded number at a time. */
export async function* readStream(
  nats: NatsConnection,
  options: { readonly filterSubject: string; readonly after: number; readonly upTo: number },
): AsyncGenerator<readonly StreamMessage[]> {
  const { name, pending } = await addReader(nats, options)
  try {
    let left = pending
    let empty = 0
    while (left > 0) {
      const batch = await fetchBatch(nats, name, Math.min(left, BATCH))
      left -= batch.length
      empty = batch.length === 0 ? empty + 1 : 0
      if (empty >= MAX_EMPTY) throw new Error('The stream does not hand over what it holds')
      const wanted = batch.filter((message) => message.seq <= options.upTo)
      if (wanted.length > 0) yield wanted
      if (wanted.length < batch.length) return
    }
  } finally {
    if (!nats.isClosed()) await removeReader(nats, name).catch(() => undefined) // the server forgets it soon anyway
  }
}

async function fetchBatch(nats: NatsConnection, name: string, count: number): Promise<StreamMessage[]> {
  const consumer = await nats.jetstream().consumers.get(STREAM, name)
  const batch: StreamMessage[] = []
  for await (const message of await consumer.fetch({ max_messages: count, expires: FETCH_MS })) batch.push(message)
  return batch
}
