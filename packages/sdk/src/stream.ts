import type { CrmEvent, EventType } from './generated/events.ts'
import { ApiProblem, NoAnswer } from './problem.ts'
import { type ClientOptions, connect, pause } from './send.ts'
import { messagesOf, type SseMessage } from './sse.ts'

/** `deals.deal.won`, or with `*` for any of the three parts: `deals.deal.*`. */
export type EventGlob = `${string}.${string}.${string}`

type PatternOf<Glob extends string> = Glob extends `${infer Before}*${infer After}`
  ? `${Before}${string}${PatternOf<After>}`
  : Glob

/** The event types that a glob may match. */
export type Matching<Glob extends string> = Extract<EventType, `crm.${PatternOf<Glob>}`>

export type StreamOptions<Glob extends EventGlob = EventGlob> = {
  /** Which events; all that the caller may read unless told. */
  readonly types?: readonly Glob[]
  /** Goes on after this event: the `id` of the last one that was dealt with. */
  readonly lastEventId?: string
  readonly signal?: AbortSignal
  /** Called for each connection as soon as it stands: nothing that happens from then on is missed. Load the data after it. */
  readonly onOpen?: () => void
  /** For how long a lost connection is tried for; 10 minutes unless told. */
  readonly giveUpAfterMs?: number
}

export type StreamedEvent<Type extends EventType = EventType> = {
  /** Where the stream is now: keep it, and a later `lastEventId` goes on from here. */
  readonly id: string
  readonly event: CrmEvent<Type>
}

/** Something comes at least every 15 s: after this long the connection is dead, whatever it says of itself. */
const SILENCE_MS = 45_000
const CONNECT_MS = 30_000
const GIVE_UP_AFTER_MS = 600_000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** Anything else is not going to be better by trying again. */
const PASSING = new Set([408, 429, 500, 502, 503, 504])

/** Where a stream is, and how its connections fare. */
type Progress = {
  lastEventId: string | undefined
  firstWaitMs: number
  /** Connections lost one after the other, without anything having come. */
  failures: number
  heardAt: number
}

/**
 * What happens, as it happens, each event once and in order. Lost connections are made anew and go on where they were. Throws
 * `ApiProblem` when the server refuses (`stream_expired`: too much was missed, load the data anew), `NoAnswer` when it stays away.
 */
export async function* openStream<Glob extends EventGlob>(
  options: ClientOptions,
  stream: StreamOptions<Glob>,
): AsyncGenerator<StreamedEvent<Matching<Glob>>> {
  const { lastEventId, signal } = stream
  const progress: Progress = { lastEventId, firstWaitMs: FIRST_WAIT_MS, failures: 0, heardAt: performance.now() }
  for (;;) {
    try {
      yield* eventsOf(connection(options, stream, progress.lastEventId), progress)
    } catch (error) {
      ensureMayPass(error, stream, progress)
      await pause(askedWaitMs(error), signal)
    }
    await pause(waitMs(progress), signal)
    progress.failures++
  }
}

async function* eventsOf<Type extends EventType>(
  messages: AsyncIterable<SseMessage>,
  progress: Progress,
): AsyncGenerator<StreamedEvent<Type>> {
  for await (const { id, data, retryMs } of messages) {
    progress.failures = 0
    progress.heardAt = performance.now()
    progress.firstWaitMs = retryMs ?? progress.firstWaitMs
    progress.lastEventId = id ?? progress.lastEventId
    if (data !== undefined) yield { id: progress.lastEventId ?? '', event: JSON.parse(data) }
  }
}

/** Throws the error again unless it is worth another connection. */
function ensureMayPass(error: unknown, { signal, giveUpAfterMs }: StreamOptions, { heardAt }: Progress): void {
  const isLate = performance.now() - heardAt > (giveUpAfterMs ?? GIVE_UP_AFTER_MS)
  if (signal?.aborted === true || isLate || !mayPass(error)) throw error
}

/** Twice as long each time, by chance up to half longer, so that clients do not come back together. */
function waitMs({ firstWaitMs, failures }: Progress): number {
  return Math.min(LONGEST_WAIT_MS, firstWaitMs * 2 ** failures) * (1 + Math.random() / 2)
}

function mayPass(error: unknown): boolean {
  return error instanceof NoAnswer || (error instanceof ApiProblem && PASSING.has(error.status))
}

function askedWaitMs(error: unknown): number {
  return error instanceof ApiProblem ? (error.retryAfterSeconds ?? 0) * 1000 : 0
}

/** The messages of one connection; ends with it. */
async function* connection(
  options: ClientOptions,
  { types, signal, onOpen }: StreamOptions,
  lastEventId: string | undefined,
): AsyncGenerator<SseMessage> {
  const silence = new AbortController()
  let isOpen = false
  let timer = setTimeout(() => silence.abort(), CONNECT_MS)
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), SILENCE_MS)
  }
  const signals = [silence.signal, ...(signal === undefined ? [] : [signal])]
  try {
    const response = await connect(options, {
      path: '/v1/stream',
      query: types === undefined ? {} : { types: types.join(',') },
      headers: {
        accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
      signal: AbortSignal.any(signals),
    })
    if (response.body === null) return
    for await (const message of messagesOf(chunksOf(response.body, heard))) {
      if (!isOpen) onOpen?.()
      isOpen = true
      yield message
    }
  } catch (error) {
    if (signal?.aborted === true || error instanceof ApiProblem) throw error
    throw new NoAnswer(`The stream of ${options.baseUrl} broke off`, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      heard()
      yield value
    }
  } finally {
    // Of a consumer that stops listening: the connection is of no use to anybody else.
    await reader.cancel().catch(() => undefined)
  }
}
