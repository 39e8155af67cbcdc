import { expect, test, vi } from 'vitest'
import { identitySigner } from './identity-headers.ts'

const SECRET = 'x'.repeat(32)

test('the word for a caller is kept for half a minute, and given anew then although the clock was set back', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  try {
    const identityOf = identitySigner(SECRET, 'deals')
    const first = identityOf(null)
    expect(identityOf(null)).toBe(first)
    vi.setSystemTime(Date.now() - 3_600_000)
    vi.advanceTimersByTime(31_000)
    const second = identityOf(null)
    expect(second).not.toBe(first)
    const claims = JSON.parse(Buffer.from(second.split('.')[0] ?? '', 'base64url').toString())
    expect(claims.expiresAt).toBe(Math.floor(Date.now() / 1000) + 120)
  } finally {
    vi.useRealTimers()
  }
})
