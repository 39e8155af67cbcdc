import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ObjectStore } from './object-store.ts'

const KEY = /^[a-z]+(\/[A-Za-z0-9-]+)+(\.[a-z]+)?$/

/** Files in a folder; for more than one instance of the service it must be one that all of them share. */
export function openDiskStore(folder: string): ObjectStore {
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new Error(`'${key}' is no key of an object`)
    return join(folder, key)
  }
  return {
    async put(key, source, signal) {
      const path = pathOf(key)
      const unfinished = `${path}.${randomUUID()}.part`
      await mkdir(dirname(path), { recursive: true })
      try {
        const file = createWriteStream(unfinished, { flush: true, mode: 0o600 })
        await pipeline(source, file, signal === undefined ? {} : { signal })
        await rename(unfinished, path)
        return { bytes: file.bytesWritten }
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    },
    async get(key) {
      return await readFrom(pathOf(key))
    },
    async delete(key) {
      await rm(pathOf(key), { force: true })
    },
  }
}

async function readFrom(path: string): Promise<Readable | undefined> {
  try {
    return (await open(path, 'r')).createReadStream()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
