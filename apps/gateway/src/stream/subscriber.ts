import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { maySeeEvent } from '@dealwire/contracts'
import type { Principal } from '../access/principal.ts'
import type { EventFilter } from './event-filter.ts'
import type { StreamEvent } from './stream-event.ts'

/** What a client may leave unread before it is cut off: it comes back with Last-Event-ID and misses nothing. */
const MAX_BUFFERED_BYTES = 256 * 1024
const MAX_PENDING = 2_000
const DRAIN_MS = 10_000

/** One client of the live stream. */
export class Subscriber {
  principal: Principal
  readonly #response: ServerResponse
  readonly #filter: EventFilter
  /** The last event that the client has, or need not have. */
  #sentUpTo: number
  /** What happened while the past is still being read; undefined once the client is up to date. */
  #pending: StreamEvent[] | undefined = []

  constructor(options: { principal: Principal; response: ServerResponse; filter: EventFilter; sentUpTo: number }) {
    this.principal = options.principal
    this.#response = options.response
    this.#filter = options.filter
    this.#sentUpTo = options.sentUpTo
  }

  get isOpen(): boolean {
    return !this.#response.destroyed && !this.#response.writableEnded
  }

  /** Takes an event that happened just now. */
  offer(event: StreamEvent): void {
    if (this.#pending === undefined) this.#send(event)
    else if (this.#pending.push(event) > MAX_PENDING) this.cut()
  }

  /** Sends what happened before, and waits until the client has taken it. */
  async replay(events: readonly StreamEvent[]): Promise<void> {
    for (const event of events) this.#send(event, Number.POSITIVE_INFINITY)
    if (this.isOpen && this.#response.writableNeedDrain)
      await once(this.#response, 'drain', { signal: AbortSignal.timeout(DRAIN_MS) })
  }

  /** The past is sent: from here on events go out as they happen. */
  goLive(): void {
    const pending = this.#pending ?? []
    this.#pending = undefined
    for (const event of pending) this.#send(event)
  }

  /** Says that nothing up to `position` is missing, so that a quiet client never becomes too old to resume. */
  beat(position: number): void {
    this.#write(this.#pending === undefined ? `: heartbeat\nid: ${position}\n\n` : ': heartbeat\n\n')
  }

  end(): void {
    this.#response.end()
  }

  cut(): void {
    this.#response.destroy()
  }

  #send(event: StreamEvent, maxBufferedBytes = MAX_BUFFERED_BYTES): void {
    if (event.seq <= this.#sentUpTo) return
    this.#sentUpTo = event.seq
    if (this.#filter(event.name) && maySeeEvent(this.principal, event)) this.#write(event.frame, maxBufferedBytes)
  }

  #write(frame: Buffer | string, maxBufferedBytes = MAX_BUFFERED_BYTES): void {
    if (!this.isOpen) return
    if (this.#response.writableLength > maxBufferedBytes) this.cut()
    else this.#response.write(frame)
  }
}
