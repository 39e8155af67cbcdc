import { expect, test } from 'vitest'
import { parseCdrJson } from './repair-json.ts'

test.each(['', '\\', 'x'])('a body of the largest size whose string never ends is refused in no time (%j)', (end) => {
  const body = `{"${'\\"'.repeat(1_000_000)}${end}`
  const startedAt = performance.now()
  expect(parseCdrJson(body)).toBeUndefined()
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})
