import { operationsOf } from './generated/operations.ts'
import { type ClientOptions, openSend } from './send.ts'
import { type EventGlob, type Matching, openStream, type StreamedEvent, type StreamOptions } from './stream.ts'

export type { CallOptions, ChangeOptions, FileBody, Page, Pages } from './call.ts'
export type * from './generated/events.ts'
export type * from './generated/operations.ts'
export type * from './generated/schemas.ts'
export { ApiProblem, isProblem, NoAnswer } from './problem.ts'
export type { ClientOptions } from './send.ts'

export type { EventGlob, StreamedEvent, StreamOptions } from './stream.ts'

export type Client = ReturnType<typeof operationsOf> & {
  /**
   * What happens, as it happens, each event once and in order; a lost connection is made anew and goes on where it was.
   * Ends when the loop over it ends, or with an error: `stream_expired` when too much was missed.
   */
  stream<const Glob extends EventGlob = EventGlob>(
    options?: StreamOptions<Glob>,
  ): AsyncGenerator<StreamedEvent<Matching<Glob>>>
}

/** A client of the API: one method for each operation, grouped as the paths are. */
export function createClient(options: ClientOptions): Client {
  return { ...operationsOf(openSend(options)), stream: (stream = {}) => openStream(options, stream) }
}
