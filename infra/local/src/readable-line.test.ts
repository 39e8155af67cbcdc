import { expect, test } from 'vitest'
import { readableLine } from './readable-line.ts'

test('a JSON log line becomes time, level, message and facts, with the stack below', () => {
  const line = {
    level: 50,
    time: 0,
    pid: 1,
    hostname: 'h',
    msg: 'failed',
    route: '/v1/deals',
    err: { stack: 'Error: x\n  at y' },
  }
  expect(readableLine(JSON.stringify(line))).toBe('00:00:00.000 error failed route=/v1/deals \nError: x\n  at y')
})

test.each(['plain text', '{ not json', '{"no":"level"}'])('%s stays as it is', (line) => {
  expect(readableLine(line)).toBe(line)
})
