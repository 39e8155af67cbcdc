import { open, readFile, stat } from 'node:fs/promises'
import type { Counters } from './counters.ts'
import type { Spool, SpoolItem } from './spool.ts'
import { readLines } from './tail-source.ts'

const LARGEST_DOCUMENT_BYTES = 200 * 1024

/**
 * Back-fill: every line of a queue log, a CEL or a CDR file, and of a dead-letter file; a `.json` file is one document, such as a
 * detail record that FreeSWITCH could not post. Files are streamed, however large.
 */
export async function importFiles(paths: readonly string[], spool: Spool, counters: Counters): Promise<void> {
  for (const path of paths) {
    if (/\.json$/i.test(path)) await importDocument(path, spool, counters)
    else await importLines(path, spool, counters)
  }
}

async function importDocument(path: string, spool: Spool, counters: Counters): Promise<void> {
  if ((await stat(path)).size > LARGEST_DOCUMENT_BYTES) throw new Error(`${path} is larger than a call's record can be`)
  await spool.append([await readFile(path, 'utf8')])
  counters.read++
}

async function importLines(path: string, spool: Spool, counters: Counters): Promise<void> {
  const file = await open(path, 'r')
  try {
    for (let offset = 0; ; ) {
      const { lines, bytes } = await readLines(file, offset)
      const read = bytes === 0 ? await lastLine(file, offset) : lines
      await spool.append(read.map(toItem))
      counters.read += read.length
      if (bytes === 0) return
      offset += bytes
    }
  } finally {
    await file.close()
  }
}

/** What a file ends with that has no end of line. */
async function lastLine(file: Awaited<ReturnType<typeof open>>, offset: number): Promise<string[]> {
  const rest = Buffer.alloc(LARGEST_DOCUMENT_BYTES)
  const { bytesRead } = await file.read(rest, 0, rest.length, offset)
  const line = rest.toString('utf8', 0, bytesRead).trim()
  return line === '' ? [] : [line]
}

/** Lines of a dead-letter file are items as they were; all others are told as they stand. */
function toItem(line: string): SpoolItem {
  if (!line.startsWith('{')) return line
  try {
    return JSON.parse(line) as SpoolItem
  } catch {
    return line // no item of ours: whoever receives it says what is wrong
  }
}
