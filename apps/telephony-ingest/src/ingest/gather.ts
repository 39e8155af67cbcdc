import { AppError } from '@dealwire/errors'

export type GatherOptions<Item, Result> = {
  /** What an item counts for: its events. */
  readonly sizeOf: (item: Item) => number
  /** Items of one lane are committed one after the other: what would wait for a lock there gathers here instead. */
  readonly laneOf: (item: Item) => string
  /** One transaction takes no more than this, but always one item. */
  readonly maxBatchSize: number
  /** Beyond this newcomers are turned away. */
  readonly maxQueuedSize: number
  /** An item that has waited longer than this is turned away rather than begun. */
  readonly maxWaitMs: number
  /** Commits at the same time. */
  readonly concurrency: number
  /** Commits a batch; answers for each item, or throws for all. */
  readonly commit: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>
}

/** Lets concurrent requests share commits. */
export type Gatherer<Item, Result> = {
  /** Resolves when the item's own commit is done, and rejects when it was not made or its outcome is unknown. */
  add(item: Item): Promise<Result>
  figures(): { readonly queued: number; readonly commits: number; readonly items: number }
}

type Waiting<Item, Result> = {
  readonly item: Item
  readonly size: number
  readonly lane: string
  readonly expiresAt: number
  readonly resolve: (result: Result) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Group commit without a timer: what arrives while a commit is under way goes into the next one. A lone request waits for
 * nobody; the busier the service, the larger the batches.
 */
export function createGatherer<Item, Result>(options: GatherOptions<Item, Result>): Gatherer<Item, Result> {
  let queue: Waiting<Item, Result>[] = []
  const busy = new Set<string>()
  const state = { queued: 0, running: 0, commits: 0, items: 0 }

  function start(): void {
    if (queue.length === 0 || state.running >= options.concurrency) return
    state.running++
    // Requests that the same turn of the event loop has read belong into this batch too.
    setImmediate(() => {
      const { taken, left } = take(queue, busy, options.maxBatchSize)
      // Nothing is free: whoever holds the lanes of those that wait begins anew when it ends.
      if (taken.length === 0) {
        state.running--
        return
      }
      queue = left
      state.queued -= sizeOf(taken)
      void commit(taken).finally(() => {
        state.running--
        start()
      })
    })
  }

  async function commit(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const live = batch.filter(isLive)
    if (live.length === 0) return
    state.commits++
    state.items += live.length
    const lanes = new Set(live.map(({ lane }) => lane))
    for (const lane of lanes) busy.add(lane)
    try {
      settle(live, await options.commit(live.map(({ item }) => item)))
    } catch (error) {
      for (const { reject } of live) reject(error)
    } finally {
      for (const lane of lanes) busy.delete(lane)
    }
  }

  return {
    add(item) {
      const size = options.sizeOf(item)
      if (state.queued + size > options.maxQueuedSize) return Promise.reject(overloaded())
      const lane = options.laneOf(item)
      return new Promise<Result>((resolve, reject) => {
        queue.push({ item, size, lane, expiresAt: performance.now() + options.maxWaitMs, resolve, reject })
        state.queued += size
        if (!busy.has(lane)) start()
      })
    },
    figures: () => ({ queued: state.queued, commits: state.commits, items: state.items }),
  }
}

type Taken<Item, Result> = { taken: Waiting<Item, Result>[]; left: Waiting<Item, Result>[] }

/** The first of the free lanes, up to the one that is too much. */
function take<Item, Result>(
  queue: readonly Waiting<Item, Result>[],
  busy: ReadonlySet<string>,
  maxSize: number,
): Taken<Item, Result> {
  const [taken, left]: [Waiting<Item, Result>[], Waiting<Item, Result>[]] = [[], []]
  let size = 0
  let isFull = false
  for (const waiting of queue) {
    const isFree = !busy.has(waiting.lane)
    isFull ||= isFree && taken.length > 0 && size + waiting.size > maxSize
    if (isFree && !isFull) {
      taken.push(waiting)
      size += waiting.size
    } else left.push(waiting)
  }
  return { taken, left }
}

function sizeOf(batch: readonly { readonly size: number }[]): number {
  return batch.reduce((total, { size }) => total + size, 0)
}

function isLive<Item, Result>(waiting: Waiting<Item, Result>): boolean {
  if (waiting.expiresAt > performance.now()) return true
  waiting.reject(overloaded())
  return false
}

function settle<Item, Result>(
  live: readonly Waiting<Item, Result>[],
  results: readonly PromiseSettledResult<Result>[],
): void {
  for (const [index, { resolve, reject }] of live.entries()) {
    const result = results[index]
    if (result?.status === 'fulfilled') resolve(result.value)
    else reject(result?.reason ?? new Error('The commit gave no answer for an item'))
  }
}

function overloaded(): AppError {
  return new AppError(
    'unavailable',
    'overloaded',
    'More events are arriving than can be stored; send this again in a moment.',
    {
      retryAfterSeconds: 1,
    },
  )
}
