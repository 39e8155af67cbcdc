import { AppError } from '@dealwire/errors'
import { expect, test } from 'vitest'
import { type Definition, ensureAllGiven, ensureValuesFit, filterValue, mergedValues } from './custom-field-values.ts'

const define = (type: Definition['type'], more: Partial<Definition> = {}): Definition => ({
  ...{ key: 'it', type, required: false },
  options: type === 'select' || type === 'multiselect' ? ['a', 'b'] : [],
  ...more,
})

function faultOf(work: () => void): unknown {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof AppError ? error.errors : error
  }
}

test.for([
  ['text', 'x', ''],
  ['text', 'x'.repeat(1_000), 'x'.repeat(1_001)],
  ['number', -1.5, '1'],
  ['number', 0, 1e15],
  ['date', '2028-02-29', '2027-02-29'],
  ['date', '0001-01-01', 'tomorrow'],
  ['boolean', false, 'false'],
  ['select', 'a', 'c'],
  ['multiselect', ['b', 'a'], ['a', 'a']],
  ['multiselect', [], 'a'],
  ['url', 'https://example.com/x?y', 'javascript:alert(1)'],
] as const)('%s takes %j, not %j', ([type, good, bad]) => {
  const given = (it: unknown) => ({ it }) as Parameters<typeof ensureValuesFit>[1]
  expect(faultOf(() => ensureValuesFit([define(type)], given(good)))).toBeUndefined()
  expect(faultOf(() => ensureValuesFit([define(type)], given(bad)))).toMatchObject([{ path: 'customFields.it' }])
})

test('what is required is given at the beginning, and stays', () => {
  const required = [define('text', { required: true })]
  for (const given of [{}, undefined, { it: null }]) {
    expect(faultOf(() => ensureAllGiven(required, given))).toMatchObject([{ path: 'customFields.it' }])
  }
  const odd = [define('text', { key: 'constructor', required: true })]
  expect(faultOf(() => ensureAllGiven(odd, {}))).toMatchObject([{ path: 'customFields.constructor' }])
  expect(faultOf(() => ensureValuesFit(required, {}))).toBeUndefined()
  expect(faultOf(() => ensureValuesFit(required, { it: null }))).toMatchObject([{ message: 'is required' }])
  expect(faultOf(() => ensureValuesFit([], { other: 1 }))).toMatchObject([{ path: 'customFields.other' }])
})

test('null empties a field, and what is not named stays', () => {
  expect(mergedValues({ a: 1, b: 'x' }, { b: null, c: true })).toEqual({ a: 1, c: true })
  expect(mergedValues({ a: 1 })).toEqual({ a: 1 })
})

test.for([
  ['number', '1.50', 1.5],
  ['number', '1e3', undefined],
  ['number', '9'.repeat(40), undefined],
  ['boolean', 'true', true],
  ['boolean', 'yes', undefined],
  ['multiselect', 'a', ['a']],
  ['text', '7', '7'],
] as const)('a filter of a %s by %s compares with %j', ([type, text, value]) => {
  expect(filterValue(define(type), text)).toEqual(value)
})
