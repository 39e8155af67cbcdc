import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DayText, dayAt, startOfDay } from './local-day.ts'
import { windowOf, yearBefore } from './window.ts'

const NOON = Date.parse('2026-03-15T12:00:00Z')

// Clocks turned at midnight (Havana, Beirut, Azores), at odd offsets (Kathmandu, Lord Howe), at the usual hour, and never.
const zones = [
  'Asia/Tbilisi',
  'America/Havana',
  'Asia/Beirut',
  'Atlantic/Azores',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'America/Nuuk',
  'UTC',
]

describe('the start of a day', () => {
  test('is the first instant on that day, wherever and whenever clocks are turned', () => {
    const days = fc
      .integer({ min: 0, max: 366 * 40 })
      .map((n) => new Date(Date.UTC(1990, 0, 1 + n)).toISOString().slice(0, 10) as DayText)
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, (zone, day) => {
        const start = startOfDay(day, zone)
        expect(dayAt(start, zone)).toBe(day)
        expect(dayAt(start - 1, zone) < day).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('is 01:00 where midnight is skipped, and the first of two midnights', () => {
    expect(new Date(startOfDay('2026-03-29', 'Asia/Beirut')).toISOString()).toBe('2026-03-28T22:00:00.000Z')
    expect(new Date(startOfDay('2025-11-02', 'America/Havana')).toISOString()).toBe('2025-11-02T04:00:00.000Z')
  })
})

describe('a window', () => {
  test('of dates covers whole days of the company, the last one included, 23 hours if it has so many', () => {
    const window = windowOf({ from: '2026-03-29', to: '2026-03-29' }, 'Europe/Berlin', NOON)
    expect(window).toMatchObject({
      from: '2026-03-28T23:00:00.000Z',
      to: '2026-03-29T22:00:00.000Z',
      previousFrom: '2026-03-27T23:00:00.000Z',
    })
  })

  test('of instants is half-open and compared with as long a time before', () => {
    const window = windowOf({ from: '2026-03-02T10:00:00+04:00', to: '2026-03-02T07:00:00Z' }, 'Asia/Tbilisi', NOON)
    expect(window).toMatchObject({
      from: '2026-03-02T06:00:00.000Z',
      to: '2026-03-02T07:00:00.000Z',
      previousFrom: '2026-03-02T05:00:00.000Z',
    })
  })

  test('left out is the last 30 days, today included', () => {
    const window = windowOf({}, 'Asia/Tbilisi', NOON)
    expect(window).toMatchObject({
      from: '2026-02-13T20:00:00.000Z',
      to: '2026-03-15T20:00:00.000Z',
      previousFrom: '2026-01-14T20:00:00.000Z',
    })
  })

  test.each([
    ['ends before it starts', { from: '2026-03-02', to: '2026-03-01' }, 'after'],
    ['ends before it starts, edges of two kinds', { from: '2026-03-02', to: '2026-03-01T10:00:00Z' }, 'after'],
    ['starts after today', { from: '2026-04-01' }, 'after'],
    ['is longer than a year', { from: '2025-01-01', to: '2026-03-01' }, 'longer'],
    ['lies outside the calendar', { from: '0001-01-01', to: '9999-12-31' }, 'years'],
    ['ends where dates end', { to: '9999-12-31' }, 'years'],
  ])('that %s is refused', (_what, input, message) => {
    expect(() => windowOf(input, 'Asia/Tbilisi', NOON)).toThrow(
      expect.objectContaining({ kind: 'invalid', message: expect.stringContaining(message) }),
    )
  })

  test('is preceded by eleven months that belong to the same year of revenue', () => {
    expect(yearBefore(windowOf({ from: '2026-01-01', to: '2026-02-28' }, 'UTC', NOON)).from).toBe(
      '2025-03-01T00:00:00.000Z',
    )
  })
})
