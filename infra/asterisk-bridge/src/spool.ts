import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readJsonFile, replaceFile } from './durable-file.ts'

export type SpoolItem = string | Readonly<Record<string, unknown>>
export type SpoolBatch = { readonly items: readonly SpoolItem[]; readonly after: Position }
type Position = { readonly segment: number; readonly offset: number }

export type SpoolOptions = {
  readonly folder: string
  readonly maxBytes: number
  readonly segmentBytes?: number
}

/**
 * Items on disk, first in first out, from the moment they are read to the moment they are accepted. A line is an item; files are
 * begun anew every few megabytes and deleted once sent. `append` resolves when the items would survive a power cut, and waits
 * while the spool is full, so that its caller stops reading.
 */
export type Spool = {
  append(items: readonly SpoolItem[]): Promise<void>
  /** The oldest items; empty when there are none. The same again until `release`. */
  take(maxItems: number, maxBytes: number): Promise<SpoolBatch>
  release(batch: SpoolBatch): Promise<void>
  bytes(): number
  close(): Promise<void>
}

const SEGMENT_BYTES = 8 * 1024 * 1024
const READ_BYTES = 1024 * 1024

export async function openSpool({ folder, maxBytes, segmentBytes = SEGMENT_BYTES }: SpoolOptions): Promise<Spool> {
  await mkdir(folder, { recursive: true })
  const path = (segment: number) => join(folder, `${String(segment).padStart(10, '0')}.spool`)
  const positionPath = join(folder, 'position.json')
  const segments = await segmentsIn(folder)
  let position = await startPosition(positionPath, segments)
  let last = segments.at(-1) ?? position.segment
  let file: FileHandle = await open(path(last), 'a+')
  let size = await withoutTornLine(file)
  let total = await bytesAfter(position)
  let spaceWaiters: (() => void)[] = []
  let isClosed = false
  let writing: Promise<void> = Promise.resolve()

  async function bytesAfter({ segment, offset }: Position): Promise<number> {
    const sizes = await Promise.all((await segmentsIn(folder)).filter((one) => one >= segment).map(sizeOf))
    return Math.max(0, sizes.reduce((sum, one) => sum + one, 0) - offset)
  }

  async function sizeOf(segment: number): Promise<number> {
    return (await stat(path(segment))).size
  }

  async function write(text: string): Promise<void> {
    if (size >= segmentBytes) {
      await file.close()
      last++
      file = await open(path(last), 'a+')
      size = 0
    }
    const bytes = Buffer.from(text)
    try {
      await file.appendFile(bytes)
      await file.datasync()
    } catch (error) {
      await file.truncate(size) // half a line would spoil the next one
      throw error
    }
    size += bytes.length
    total += bytes.length
  }

  /** Segments that were read to their end are not needed any more. */
  async function advance(to: Position): Promise<void> {
    const before = position
    if (before.segment === to.segment && before.offset === to.offset) return
    position = to
    await replaceFile(positionPath, JSON.stringify(to))
    for (let segment = before.segment; segment < to.segment; segment++) await rm(path(segment), { force: true })
    total = await bytesAfter(to)
    resumeWaiters()
  }

  function resumeWaiters(): void {
    const waiters = spaceWaiters
    spaceWaiters = []
    for (const resume of waiters) resume()
  }

  return {
    async append(items) {
      if (items.length === 0) return
      while (total >= maxBytes && !isClosed) await new Promise<void>((resume) => spaceWaiters.push(resume))
      if (isClosed) throw new Error('The spool is closed')
      const text = items.map((item) => `${JSON.stringify(item)}\n`).join('')
      const written = writing.then(() => write(text))
      writing = written.catch(() => undefined) // its caller hears of it; the next write is tried all the same
      await written
    },
    async take(maxItems, maxBatchBytes) {
      await writing
      return readBatch({ from: position, last, path, maxItems, maxBatchBytes })
    },
    release: ({ after }) => advance(after),
    bytes: () => total,
    async close() {
      if (isClosed) return
      isClosed = true
      resumeWaiters()
      await writing
      await file.close()
    },
  }
}

async function segmentsIn(folder: string): Promise<number[]> {
  const names = await readdir(folder)
  return names
    .filter((name) => /^\d{10}\.spool$/.test(name))
    .map((name) => Number(name.slice(0, 10)))
    .sort((a, b) => a - b)
}

async function startPosition(path: string, segments: readonly number[]): Promise<Position> {
  const stored = await readJsonFile(path)
  const [first = 1] = segments
  const { segment, offset } = stored ?? {}
  if (typeof segment !== 'number' || typeof offset !== 'number' || segment < first) return { segment: first, offset: 0 }
  return { segment, offset }
}

/** A crash may have cut the last write; its caller was never told that it was safe, and has it still. */
async function withoutTornLine(file: FileHandle): Promise<number> {
  const { size } = await file.stat()
  const tail = Buffer.alloc(Math.min(size, READ_BYTES))
  await file.read(tail, 0, tail.length, size - tail.length)
  const end = tail.lastIndexOf('\n')
  const whole = end === -1 ? size - tail.length : size - tail.length + end + 1
  if (whole < size) await file.truncate(whole)
  return whole
}

type ReadOptions = {
  readonly from: Position
  readonly last: number
  readonly path: (segment: number) => string
  readonly maxItems: number
  readonly maxBatchBytes: number
}

async function readBatch({ from, last, path, maxItems, maxBatchBytes }: ReadOptions): Promise<SpoolBatch> {
  let { segment, offset } = from
  let lines = await readLines(path(segment), offset)
  while (lines.length === 0 && segment < last) {
    segment++
    offset = 0
    lines = await readLines(path(segment), offset)
  }
  const items: SpoolItem[] = []
  const start = offset
  for (const line of lines) {
    const isFull = items.length >= maxItems || (items.length > 0 && offset - start + line.length > maxBatchBytes)
    if (isFull) break
    items.push(...parsed(line))
    offset += line.length
  }
  return { items, after: { segment, offset } }
}

/** Whole lines from here, with their ends, as many as one read brings; a longer line is read as long as it is. */
async function readLines(path: string, offset: number): Promise<Buffer[]> {
  const file = await open(path, 'r').catch(() => undefined) // a segment that is gone has been sent
  if (file === undefined) return []
  try {
    for (let wanted = READ_BYTES; ; wanted *= 4) {
      const chunk = Buffer.alloc(wanted)
      const { bytesRead } = await file.read(chunk, 0, wanted, offset)
      const lines = splitLines(chunk.subarray(0, bytesRead))
      if (lines.length > 0 || bytesRead < wanted) return lines
    }
  } finally {
    await file.close()
  }
}

function splitLines(chunk: Buffer): Buffer[] {
  const lines: Buffer[] = []
  let start = 0
  for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
    lines.push(chunk.subarray(start, end + 1))
    start = end + 1
  }
  return lines
}

/** A line that a failing disk has spoiled is passed over: stopping at it would stop every one behind it. */
function parsed(line: Buffer): SpoolItem[] {
  try {
    const item: unknown = JSON.parse(line.toString('utf8'))
    return typeof item === 'string' || (item !== null && typeof item === 'object') ? [item as SpoolItem] : []
  } catch {
    return []
  }
}
