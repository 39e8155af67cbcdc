import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SlidingWindow } from './sliding-window.ts'

test('counts everything of the last minute, and nothing from more than a second before it', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 200 })
  fc.assert(
    fc.property(gaps, (given) => {
      const window = new SlidingWindow()
      const times: number[] = []
      let now = 1_700_000_000_000
      for (const gap of given) {
        now += gap
        times.push(now)
        window.add(now)
        const counted = window.count(now)
        expect(counted).toBeGreaterThanOrEqual(times.filter((time) => time > now - 60_000).length)
        expect(counted).toBeLessThanOrEqual(times.filter((time) => time > now - 61_000).length)
      }
    }),
  )
})

test('says when there is room again', () => {
  const window = new SlidingWindow()
  window.add(5_250)
  expect(window.msUntilRoom(5_250)).toBe(60_750)
  expect(window.count(65_999)).toBe(1)
  expect(window.count(66_000)).toBe(0)
  expect(window.msUntilRoom(66_000)).toBe(0)
})
