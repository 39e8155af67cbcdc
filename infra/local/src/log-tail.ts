import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { readableLine } from './readable-line.ts'

const tailBytes = 64 * 1024

/** The last lines of a log file, indented for showing below a message. Reads its end only, however long the file is. */
export function logTail(path: string, lines = 20): string {
  try {
    const file = openSync(path, 'r')
    try {
      const { size } = fstatSync(file)
      const buffer = Buffer.alloc(Math.min(size, tailBytes))
      readSync(file, buffer, 0, buffer.length, size - buffer.length)
      const tail = buffer.toString('utf8').trimEnd().split('\n').slice(-lines)
      return tail
        .flatMap((line) => readableLine(line).split('\n'))
        .map((line) => `    ${line}`)
        .join('\n')
    } finally {
      closeSync(file)
    }
  } catch {
    return '    (no log)'
  }
}
