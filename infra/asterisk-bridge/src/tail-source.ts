import { createHash } from 'node:crypto'
import { type FileHandle, open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Counters } from './counters.ts'
import { readJsonFile, replaceFile } from './durable-file.ts'
import { log } from './log.ts'
import type { Spool } from './spool.ts'
import { wait } from './wait.ts'

const POLL_MS = 500
const CHUNK_BYTES = 256 * 1024
const HEAD_BYTES = 1_024

/** How far a file has been read. `head` tells whether it is still the same one where it was emptied and grew again. */
type Place = { readonly inode: number; readonly offset: number; readonly head: string }

export type TailOptions = {
  readonly path: string
  readonly stateFolder: string
  readonly pollMs?: number
  /** Without a place from before: from the end, or from the beginning. */
  readonly fromStart: boolean
}

/**
 * Follows a log file: across rotation to its end and on with the new one, anew after it was emptied, whole lines only. The place is
 * kept after the lines are safe in the spool, so a crash repeats lines and never passes over one.
 */
export async function tailFile(
  options: TailOptions,
  spool: Spool,
  counters: Counters,
  signal: AbortSignal,
): Promise<void> {
  const statePath = join(
    options.stateFolder,
    `${basename(options.path)}-${digest(options.path).slice(0, 8)}.place.json`,
  )
  let place = (await storedPlace(statePath)) ?? (await begin())
  while (!signal.aborted) {
    place = await catchUp(place)
    await wait(options.pollMs ?? POLL_MS, signal)
  }

  async function begin(): Promise<Place> {
    const first = await firstPlace(options)
    await replaceFile(statePath, JSON.stringify(first))
    return first
  }

  /** Rotation leaves a moment without a file, and the rest of the old one under another name. */
  async function catchUp(from: Place): Promise<Place> {
    const inode = (await stat(options.path).catch(() => undefined))?.ino
    if (from.inode === inode) return readOn(options.path, from)
    const old = await findByInode(options.path, from.inode)
    const end = old === undefined ? from : await readOn(old, from)
    if (inode === undefined) return end
    if (from.inode !== nowhere.inode) log('info', 'the file was rotated', { path: options.path })
    return readOn(options.path, { ...nowhere, inode })
  }

  async function readOn(path: string, from: Place): Promise<Place> {
    const file = await open(path, 'r').catch(unlessMissing)
    if (file === undefined) return from
    try {
      let at = await samePlace(file, from, path)
      if (at === undefined) return from
      while (!signal.aborted) {
        const { lines, bytes } = await readLines(file, at.offset)
        if (bytes === 0) return at
        await spool.append(lines)
        counters.read += lines.length
        at = { ...at, offset: at.offset + bytes, head: await headOf(file, at.offset + bytes) }
        await replaceFile(statePath, JSON.stringify(at))
      }
      return at
    } finally {
      await file.close()
    }
  }
}

/** Rotation may come between a look at the file and its opening. */
function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

async function storedPlace(path: string): Promise<Place | undefined> {
  const { inode, offset, head } = (await readJsonFile(path)) ?? {}
  const isPlace = typeof inode === 'number' && typeof offset === 'number' && typeof head === 'string'
  return isPlace ? { inode, offset, head } : undefined
}

/** Of no file: whichever comes is read from its beginning. */
const nowhere: Place = { inode: 0, offset: 0, head: '' }

async function firstPlace({ path, fromStart }: TailOptions): Promise<Place> {
  const file = fromStart ? undefined : await open(path, 'r').catch(() => undefined) // not there yet
  if (file === undefined) return nowhere
  try {
    const { ino, size } = await file.stat()
    return { inode: ino, offset: size, head: await headOf(file, size) }
  } finally {
    await file.close()
  }
}

/** From the beginning where the file was emptied since: it is shorter, or begins otherwise. Undefined where it is another one, after a rotation. */
async function samePlace(file: FileHandle, place: Place, path: string): Promise<Place | undefined> {
  const { ino, size } = await file.stat()
  if (ino !== place.inode) return undefined
  const isSame = size >= place.offset && (place.offset === 0 || (await headOf(file, place.offset)) === place.head)
  if (isSame) return place
  log('info', 'the file was emptied; reading it from the beginning', { path })
  return { ...place, offset: 0, head: '' }
}

async function headOf(file: FileHandle, offset: number): Promise<string> {
  const head = Buffer.alloc(Math.min(HEAD_BYTES, offset))
  await file.read(head, 0, head.length, 0)
  return digest(head)
}

function digest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Rotation renames: the rest of the old file is still to be read, under its new name. */
async function findByInode(path: string, inode: number): Promise<string | undefined> {
  const folder = dirname(path)
  const names = (await readdir(folder)).filter((name) => name.startsWith(basename(path)))
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(() => undefined) // renamed again meanwhile
    if (found?.ino === inode) return join(folder, name)
  }
  return undefined
}

/** Up to the last line that is complete; `bytes` is 0 when there is none. A line longer than a chunk is taken as it is. */
export async function readLines(file: FileHandle, offset: number): Promise<{ lines: string[]; bytes: number }> {
  const chunk = Buffer.alloc(CHUNK_BYTES)
  const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, offset)
  const end = chunk.subarray(0, bytesRead).lastIndexOf('\n') + 1
  const bytes = end === 0 && bytesRead === CHUNK_BYTES ? bytesRead : end
  const lines = chunk.toString('utf8', 0, bytes).split(/\r?\n/)
  return { lines: lines.filter((line) => line.trim() !== ''), bytes }
}
