import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { readableLine } from './readable-line.ts'

const everyMs = 200
const chunkBytes = 256 * 1024

/** Prints what is added to the logs from now on, each line with the name of its log. */
export function followLogs(logs: Record<string, string>, print: (line: string) => void): () => void {
  const followers = Object.entries(logs).map(([name, path]) =>
    follower(path, (line) => print(`[${name}] ${readableLine(line)}`)),
  )
  const timer = setInterval(() => {
    for (const readOn of followers) readOn()
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

function follower(path: string, print: (line: string) => void): () => void {
  const size = () => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  let position = size()
  let unfinished = ''
  return () => {
    const end = size()
    // A shorter file is a new one.
    if (end < position) position = 0
    if (end === position) return
    const added = readBetween(path, position, Math.min(end, position + chunkBytes))
    position += added.length
    const lines = (unfinished + added.toString('utf8')).split('\n')
    unfinished = lines.pop() ?? ''
    for (const line of lines) print(line)
  }
}

function readBetween(path: string, from: number, to: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(to - from)
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, from))
  } finally {
    closeSync(file)
  }
}
