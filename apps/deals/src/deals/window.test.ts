import { describe, expect, test } from 'vitest'
import { firstDay, instantEdge, lastDay } from './window.ts'

const TBILISI = 'Asia/Tbilisi' // UTC+4

describe('a window over instants', () => {
  test('a day starts and ends at midnight of the company', () => {
    expect(instantEdge('2026-02-28', 'from', TBILISI)).toBe('2026-02-28 00:00 Asia/Tbilisi')
    expect(instantEdge('2026-02-28', 'to', TBILISI)).toBe('2026-03-01 00:00 Asia/Tbilisi')
  })

  test('a time stays as it is', () => {
    expect(instantEdge('2026-02-28T10:00:00Z', 'to', TBILISI)).toBe('2026-02-28T10:00:00Z')
    expect(instantEdge(undefined, 'to', TBILISI)).toBeUndefined()
  })
})

describe('a window over days', () => {
  test('days are inclusive', () => {
    expect(firstDay('2026-02-28', TBILISI)).toBe('2026-02-28')
    expect(lastDay('2026-02-28', TBILISI)).toBe('2026-02-28')
  })

  test('a time cuts between the days that begin before it and those that begin at or after it', () => {
    const midnight = '2026-02-27T20:00:00Z' // 28 February 00:00 in Tbilisi
    expect(firstDay(midnight, TBILISI)).toBe('2026-02-28')
    expect(lastDay(midnight, TBILISI)).toBe('2026-02-27')
    const noon = '2026-02-28T08:00:00Z'
    expect(firstDay(noon, TBILISI)).toBe('2026-03-01')
    expect(lastDay(noon, TBILISI)).toBe('2026-02-28')
  })
})
