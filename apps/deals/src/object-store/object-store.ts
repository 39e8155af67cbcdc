import type { Readable } from 'node:stream'

/** Where files are kept. A key is `<kind>/<company>/<name>`, made by us, never by a caller. */
export type ObjectStore = {
  /** Stores all of it under the key or, should the source or the signal break it off, nothing; what was there before stays until then. */
  put(key: string, source: Readable, signal?: AbortSignal): Promise<{ bytes: number }>
  /** Undefined when there is no such file. */
  get(key: string): Promise<Readable | undefined>
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>
}
