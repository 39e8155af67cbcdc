import { expect, test } from 'vitest'
import { parsePhoneNumber, significantSuffix } from './phone-number.ts'

test.each([
  ['599 00 00 01', 'GE', '+995599000001'],
  ['0322 00-00-02', 'GE', '+995322000002'],
  ['995599000001', 'GE', '+995599000001'],
  ['00995599000001', 'GE', '+995599000001'],
  [' +44 20 7946 0000 ', 'GE', '+442079460000'],
  ['(202) 555-0143', 'US', '+12025550143'],
  ['sip:+995599000001@pbx.example;user=phone', 'GE', '+995599000001'],
  ['tel:+995-599-000-001', 'GE', '+995599000001'],
])('%s in %s is %s, and stays as it was typed', (raw, region, e164) => {
  expect(parsePhoneNumber(raw, region)).toStrictEqual({ raw, e164 })
})

test.each([
  '',
  'anonymous',
  'Restricted',
  'Anonymous@anonymous.invalid',
  '+266696687',
  'client:alice',
  'Local/101@queue',
  'Alice',
  '101',
  '1294',
  '*97',
  '123456789012345678901234567890',
  '\u0000',
])('%j never matches anyone', (raw) => {
  expect(parsePhoneNumber(raw, 'GE')).toStrictEqual({ raw, e164: null })
})

test('an unknown default region leaves international numbers readable', () => {
  expect(parsePhoneNumber('+995599000001', 'XX').e164).toBe('+995599000001')
  expect(parsePhoneNumber('599000001', 'XX').e164).toBeNull()
})

test('the suffix is what both spellings of a number share', () => {
  expect(significantSuffix('+995599000001')).toBe('599000001')
  expect(significantSuffix('+1234')).toBeNull()
})
