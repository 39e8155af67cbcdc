import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ByteRange } from './read-range.ts'

/** Where recordings are kept. A key is `<company>/<recording>`, made by us, never by a caller. */
export type RecordingStore = {
  /** Stores all of it or, should the source fail, nothing. */
  put(key: string, source: Readable): Promise<{ readonly bytes: number }>
  /** Undefined when there is no such file. `size`: of all of it, whatever the range. */
  sizeOf(key: string): Promise<number | undefined>
  read(key: string, range: ByteRange | null): Readable
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>
}

const KEY = /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/

/** Files in a folder; for more than one instance of the service it must be one that all of them share. */
export function openRecordingStore(folder: string): RecordingStore {
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new Error(`'${key}' is no key of a recording`)
    return join(folder, key)
  }
  return {
    async put(key, source) {
      const path = pathOf(key)
      const unfinished = `${path}.${randomUUID()}.part`
      await mkdir(dirname(path), { recursive: true })
      try {
        const file = createWriteStream(unfinished, { flush: true, mode: 0o600 })
        await pipeline(source, file)
        await rename(unfinished, path)
        return { bytes: file.bytesWritten }
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    },
    async sizeOf(key) {
      try {
        return (await stat(pathOf(key))).size
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      }
    },
    read: (key, range) => createReadStream(pathOf(key), range ?? {}),
    delete: (key) => rm(pathOf(key), { force: true }),
  }
}
