import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openBucket } from '../../test/bucket.ts'
import { openDiskStore } from './disk-store.ts'
import type { ObjectStore } from './object-store.ts'
import { openS3Store } from './s3-store.ts'

/** vitest's own second is too short for a busy machine. */
const SOON = { timeout: 20_000 }

type Opened = { readonly store: ObjectStore; readonly leftovers: () => Promise<number> }

async function onDisk(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'dealwire-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const files = async () => (await readdir(folder, { recursive: true })).filter((name) => name.includes('.'))
  return { store: openDiskStore(folder), leftovers: async () => (await files()).length }
}

async function inBucket(): Promise<Opened> {
  const bucket = await openBucket()
  onTestFinished(() => bucket.close())
  const credentials = { accessKeyId: 'test-key', secretAccessKey: 'test-secret' }
  const store = openS3Store({ bucket: 'files', region: 'test-region', endpoint: bucket.url, credentials })
  return { store, leftovers: async () => bucket.objects.size + bucket.unfinished.size }
}

const KEY = 'exports/a-company/a-file.csv'
const CHUNK = 'x'.repeat(1024 * 1024)

async function* chunks(count: number, failAt = Number.POSITIVE_INFINITY) {
  for (let n = 0; n < count; n++) {
    if (n === failAt) throw new Error('the source broke')
    yield CHUNK
  }
}

describe.for([
  ['a folder', onDisk],
  ['a bucket', inBucket],
] as const)('files in %s', ([, open]) => {
  test('are what was put there, small or large, and gone when deleted', async () => {
    const { store } = await open()
    for (const count of [1, 12]) {
      expect(await store.put(KEY, Readable.from(chunks(count)))).toEqual({ bytes: count * CHUNK.length })
      const file = await store.get(KEY)
      expect(file === undefined ? 0 : (await text(file)).length).toBe(count * CHUNK.length)
    }
    expect(await store.put(KEY, Readable.from([]))).toEqual({ bytes: 0 })
    await store.delete(KEY)
    expect(await store.get(KEY)).toBeUndefined()
    await store.delete(KEY)
  })

  test('are whole or not there: a source that breaks leaves nothing', async () => {
    const { store, leftovers } = await open()
    for (const failAt of [0, 8]) {
      await expect(store.put(KEY, Readable.from(chunks(12, failAt)))).rejects.toThrow('the source broke')
      expect(await store.get(KEY)).toBeUndefined()
    }
    await vi.waitFor(async () => expect(await leftovers()).toBe(0), SOON)
  })

  test('of a writer that is told to stop leave nothing', async () => {
    const { store, leftovers } = await open()
    const stop = new AbortController()
    async function* endless() {
      for (let n = 0; ; n++) {
        if (n === 8) stop.abort()
        await new Promise((resolve) => setTimeout(resolve, 1))
        yield CHUNK
      }
    }
    await expect(store.put(KEY, Readable.from(endless()), stop.signal)).rejects.toThrow()
    await vi.waitFor(async () => expect(await leftovers()).toBe(0), SOON)
  })
})

test('a key cannot lead out of the folder', async () => {
  const { store } = await onDisk()
  for (const key of ['../secret', 'exports/../../secret', '/etc/passwd', 'exports//x']) {
    await expect(store.get(key)).rejects.toThrow('is no key')
  }
})
