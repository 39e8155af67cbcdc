import { expect, test } from 'vitest'
import { parseCdrJson } from './repair-json.ts'

test.each(['', '\\', 'x'])('a body of the largest size whose string never ends is refused in no time (%j)', (end) => {
  const body = `{"${'\\"'.repeat(1_000_000)}${end}`
  const before = process.cpuUsage()
  expect(parseCdrJson(body)).toBeUndefined()
  expect(process.cpuUsage(before).user).toBeLessThan(2_000_000)
})
