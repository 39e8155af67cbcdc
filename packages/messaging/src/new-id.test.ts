import { expect, test, vi } from 'vitest'
import { newId } from './new-id.ts'

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const msOf = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16)

test('ids are UUIDs of version 7 with the time of their making, all different, each greater than the one before', () => {
  const ids = Array.from({ length: 50_000 }, newId)
  for (const id of ids) expect(id).toMatch(SHAPE)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids.map((id) => id.slice(19))).size).toBe(ids.length)
  expect(Math.abs(msOf(newId()) - Date.now())).toBeLessThan(1_000)
})

test('a clock that is set back, and more ids in a millisecond than it has numbers, keep the order', () => {
  vi.useFakeTimers({ now: Date.now() + 60_000 })
  try {
    const before = newId()
    vi.setSystemTime(Date.now() - 30_000)
    const ids = [before, ...Array.from({ length: 10_000 }, newId)]
    expect([...ids].sort()).toEqual(ids)
    expect(msOf(ids.at(-1) ?? '') - msOf(before)).toBeLessThan(10)
  } finally {
    vi.useRealTimers()
  }
})
