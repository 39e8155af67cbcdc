import { expect, test } from 'vitest'
import { phoneOf } from './phone.ts'

test('a local number gets the country of the company, an international one keeps its own', () => {
  expect(phoneOf('599 12 34 56', 'GE').phone).toBe('+995599123456')
  expect(phoneOf('+44 20 7946 0958', 'GE').phone).toBe('+442079460958')
})

test('what cannot be dialled is kept as typed', () => {
  expect(phoneOf('ask Nino', 'GE')).toEqual({ phone: null, phoneRaw: 'ask Nino' })
  expect(phoneOf('12', 'GE')).toEqual({ phone: null, phoneRaw: '12' })
  expect(phoneOf('599123456', 'XX')).toEqual({ phone: null, phoneRaw: '599123456' })
})

test('no phone is no phone', () => {
  expect(phoneOf(null, 'GE')).toEqual({ phone: null, phoneRaw: null })
})
