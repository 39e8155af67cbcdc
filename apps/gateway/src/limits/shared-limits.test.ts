import { createLogger } from '@dealwire/telemetry'
import { afterEach, expect, test, vi } from 'vitest'
import type { Verdict } from './limit-entry.ts'
import { openSharedLimits } from './shared-limits.ts'

afterEach(() => vi.useRealTimers())

test('a clock that is set back keeps nobody out for longer than a minute', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  const limits = openSharedLimits(undefined, createLogger({ service: 'gateway', level: 'silent' }))
  const take = () => {
    let verdict: Verdict | undefined
    limits.take('somebody', 2, (answer) => {
      verdict = answer
    })
    return verdict?.allowed
  }
  expect([take(), take(), take()]).toEqual([true, true, false])
  vi.setSystemTime(Date.now() - 3_600_000)
  expect(take()).toBe(false)
  vi.advanceTimersByTime(62_000)
  expect(take()).toBe(true)
})
