import { expect, test } from 'vitest'
import { matchesEtag } from './etag.ts'

test.for([
  ['"3"', true],
  ['W/"3"', true],
  ['*', true],
  [' * ', true],
  ['"1", W/"2","3"', true],
  ['"1, 3"', false],
  ['"30"', false],
  ['3', false],
  ['', false],
  ['"a,b", "3"', true],
  [undefined, false],
] as const)('If-None-Match %s names version 3: %s', ([header, expected]) => {
  expect(matchesEtag(header, '"3"')).toBe(expected)
})

test('a weak version is named by its strong form', () => {
  expect(matchesEtag('"abc"', 'W/"abc"')).toBe(true)
})
