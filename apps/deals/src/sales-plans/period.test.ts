import fc from 'fast-check'
import { expect, test } from 'vitest'
import { periodNamed, periodOfDays } from './period.ts'

test('a year, a quarter and a month begin and end on their days, leap years too', () => {
  expect(periodNamed('2026')).toMatchObject({ periodStart: '2026-01-01', periodEnd: '2026-12-31' })
  expect(periodNamed('2026-Q3')).toMatchObject({ periodStart: '2026-07-01', periodEnd: '2026-09-30' })
  expect(periodNamed('2026-02')).toMatchObject({ periodStart: '2026-02-01', periodEnd: '2026-02-28' })
  expect(periodNamed('2028-02')).toMatchObject({ periodEnd: '2028-02-29' })
})

test('the days of a period name it, and others name none', () => {
  const names = fc.tuple(fc.integer({ min: 1900, max: 2200 }), fc.integer({ min: 0, max: 16 })).map(([year, part]) => {
    if (part === 0) return `${year}`
    return part > 12 ? `${year}-Q${part - 12}` : `${year}-${String(part).padStart(2, '0')}`
  })
  fc.assert(
    fc.property(names, (name) => {
      const { periodStart, periodEnd } = periodNamed(name)
      expect(periodOfDays(periodStart, periodEnd)?.period).toBe(name)
    }),
  )
  expect(periodOfDays('2026-01-01', '2026-06-30')).toBeUndefined()
  expect(periodOfDays('2026-01-02', '2026-01-31')).toBeUndefined()
  expect(periodOfDays('2026-03-01', '2026-02-28')).toBeUndefined()
})
