import { expect, test } from 'vitest'
import { gregorianInstant, instantOf } from './instants.ts'

test.each([
  ['2026-03-02T09:00:00Z', 'UTC', '2026-03-02T09:00:00.000Z'],
  ['2016-09-12T13:53:48.919+0200', 'UTC', '2016-09-12T11:53:48.919Z'],
  ['2021-10-06 13:53:54.410847-04', 'UTC', '2021-10-06T17:53:54.410Z'],
  ['2025-11-23T03:30:00.076316Z', 'UTC', '2025-11-23T03:30:00.076Z'],
  ['2026-03-01 10:00:00', 'Asia/Tbilisi', '2026-03-01T06:00:00.000Z'],
  ['2026-07-01 10:00:00', 'Europe/Berlin', '2026-07-01T08:00:00.000Z'],
  ['2026-03-29 03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ['03/05/2026 06:00:00', 'UTC', '2026-03-05T06:00:00.000Z'],
  ['Sun, 25 Mar 2018 09:53:19 +0000', 'UTC', '2018-03-25T09:53:19.000Z'],
  ['Sun, 25 Mar 2018 09:53:19 +000', 'UTC', '2018-03-25T09:53:19.000Z'],
  ['Sun, 09 Feb 2020 09:30:03 Etc/UTC', 'UTC', '2020-02-09T09:30:03.000Z'],
  ['1335310697.630407', 'UTC', '2012-04-24T23:38:17.630Z'],
  ['1772359200', 'UTC', '2026-03-01T10:00:00.000Z'],
  ['1772359200123', 'UTC', '2026-03-01T10:00:00.123Z'],
])('%s in %s', (text, timeZone, expected) => {
  expect(new Date(instantOf(text, timeZone) ?? 0).toISOString()).toBe(expected)
})

test.each([
  null,
  '',
  'yesterday',
  '1970-01-01T00:00:00Z',
  '2026-02-31 10:00:00',
  '2026-13-01 10:00:00',
  '[Time]',
  '99999999999999',
])('%s is no time that can be believed', (text) => {
  expect(instantOf(text)).toBeNull()
})

test('seconds since the year 0', () => {
  expect(gregorianInstant('63724349409')).toBe((63_724_349_409 - 62_167_219_200) * 1_000)
})
