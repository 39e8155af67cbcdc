import { describe, expect, test } from 'vitest'
import { createGatherer, type GatherOptions } from './gather.ts'

type Commit = GatherOptions<string, string>['commit']

const fulfil: Commit = async (items) => items.map((value) => ({ status: 'fulfilled', value }))
/** Long enough for a commit to end and the next to begin. */
const tick = () => new Promise((resolve) => setTimeout(resolve, 5))

function gathererOf(commit: Commit, options: Partial<GatherOptions<string, string>> = {}) {
  return createGatherer<string, string>({
    sizeOf: (item) => item.length,
    laneOf: () => 'one',
    maxBatchSize: 10,
    maxQueuedSize: 100,
    maxWaitMs: 1_000,
    concurrency: 1,
    commit,
    ...options,
  })
}

describe('sharing', () => {
  test('a lone item waits for nobody; what comes during its commit shares the next', async () => {
    const batches: (readonly string[])[] = []
    const gates: (() => void)[] = []
    const gatherer = gathererOf(async (items) => {
      batches.push(items)
      await new Promise<void>((resolve) => gates.push(resolve))
      return fulfil(items)
    })
    const first = gatherer.add('a')
    await tick()
    const later = ['b', 'c', 'd'].map((item) => gatherer.add(item))
    await tick()
    expect(batches).toStrictEqual([['a']])
    gates[0]?.()
    expect(await first).toBe('a')
    await tick()
    expect(batches).toStrictEqual([['a'], ['b', 'c', 'd']])
    gates[1]?.()
    expect(await Promise.all(later)).toStrictEqual(['b', 'c', 'd'])
    expect(gatherer.figures()).toStrictEqual({ queued: 0, commits: 2, items: 4 })
  })

  test('a batch ends before the item that would make it too large, but always holds one', async () => {
    const batches: (readonly string[])[] = []
    const gatherer = gathererOf(async (items) => {
      batches.push(items)
      return fulfil(items)
    })
    await Promise.all(['aaaa', 'bbbb', 'cccc', 'd'.repeat(30), 'e'].map((item) => gatherer.add(item)))
    expect(batches.map((items) => items.map((item) => item[0]).join(''))).toStrictEqual(['ab', 'c', 'd', 'e'])
  })
})

describe('lanes', () => {
  test('what waits for its own lane lets others pass, and shares the next commit', async () => {
    const batches: string[] = []
    const gates: (() => void)[] = []
    const gatherer = gathererOf(
      async (items) => {
        batches.push(items.join(' '))
        await new Promise<void>((resolve) => gates.push(resolve))
        return fulfil(items)
      },
      { concurrency: 2, laneOf: (item) => item[0] ?? '' },
    )
    const first = gatherer.add('a1')
    await tick()
    const others = ['a2', 'a3', 'b1'].map((item) => gatherer.add(item))
    await tick()
    const last = ['b2', 'a4'].map((item) => gatherer.add(item))
    await tick()
    expect(batches).toStrictEqual(['a1', 'b1'])
    gates[0]?.()
    expect(await first).toBe('a1')
    await tick()
    expect(batches).toStrictEqual(['a1', 'b1', 'a2 a3 a4'])
    gates[1]?.()
    await tick()
    expect(batches.at(-1)).toBe('b2')
    for (const open of gates) open()
    expect(await Promise.all([...others, ...last])).toStrictEqual(['a2', 'a3', 'b1', 'b2', 'a4'])
  })

  test('a commit that throws frees its lane', async () => {
    let times = 0
    const gatherer = gathererOf(
      async (items) => {
        if (times++ === 0) throw new Error('away')
        return fulfil(items)
      },
      { concurrency: 2 },
    )
    const results = await Promise.allSettled([gatherer.add('a'), tick().then(() => gatherer.add('b'))])
    expect(results.map(({ status }) => status)).toStrictEqual(['rejected', 'fulfilled'])
  })
})

describe('failing', () => {
  test('an item that fails does so alone', async () => {
    const gatherer = gathererOf(async (items) =>
      items.map((value) =>
        value === 'bad' ? { status: 'rejected', reason: new Error('bad') } : { status: 'fulfilled', value },
      ),
    )
    const results = await Promise.allSettled(['a', 'bad', 'b'].map((item) => gatherer.add(item)))
    expect(results.map(({ status }) => status)).toStrictEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('a commit that throws fails its batch, and the next goes on', async () => {
    let times = 0
    const gatherer = gathererOf(async (items) => {
      if (times++ === 0) throw new Error('away')
      return fulfil(items)
    })
    await expect(gatherer.add('a')).rejects.toThrow('away')
    expect(await gatherer.add('b')).toBe('b')
  })

  test('beyond the bound newcomers are told to come again, and those inside are served', async () => {
    const gatherer = gathererOf(fulfil, { maxQueuedSize: 5 })
    const inside = gatherer.add('aaaaa')
    await expect(gatherer.add('b')).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'overloaded',
      retryAfterSeconds: 1,
    })
    expect(await inside).toBe('aaaaa')
    expect(await gatherer.add('b')).toBe('b')
  })

  test('an item that waited too long is not begun', async () => {
    const seen: string[] = []
    const gatherer = gathererOf(
      async (items) => {
        seen.push(...items)
        await new Promise((resolve) => setTimeout(resolve, 400))
        return fulfil(items)
      },
      // Far more than a busy machine holds up what has nothing to wait for.
      { maxWaitMs: 200 },
    )
    const first = gatherer.add('a')
    await tick()
    await expect(gatherer.add('b')).rejects.toMatchObject({ code: 'overloaded' })
    expect(await first).toBe('a')
    expect(seen).toStrictEqual(['a'])
  })
})
