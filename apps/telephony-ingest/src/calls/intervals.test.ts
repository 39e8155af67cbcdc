import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coveredMs, type Interval, subtract, union } from './intervals.ts'

const interval = fc.tuple(fc.nat(60), fc.nat(60)).map(([from, length]): Interval => ({ from, to: from + length }))
const moments = Array.from({ length: 125 }, (_, index) => index)
const covers = (intervals: readonly Interval[], moment: number) =>
  intervals.some(({ from, to }) => from <= moment && moment < to)

test('union covers exactly what its parts cover, in sorted pieces that do not touch', () => {
  fc.assert(
    fc.property(fc.array(interval), (parts) => {
      const whole = union(parts)
      expect(moments.every((moment) => covers(whole, moment) === covers(parts, moment))).toBe(true)
      expect(whole.every(({ from }, index) => index === 0 || from > (whole[index - 1]?.to ?? 0))).toBe(true)
      expect(coveredMs(parts)).toBe(moments.filter((moment) => covers(parts, moment)).length)
    }),
  )
})

test('subtract leaves exactly what the holes do not cover', () => {
  fc.assert(
    fc.property(fc.array(interval), fc.array(interval), (parts, holes) => {
      const left = subtract(parts, holes)
      expect(
        moments.every((moment) => covers(left, moment) === (covers(parts, moment) && !covers(holes, moment))),
      ).toBe(true)
    }),
  )
})
