import { expect, test } from 'vitest'
import { valueKey, versionKey } from './keys.ts'

const question = { companyId: 'c1', scope: 'all', namespace: 'deals', key: 'list' }

test('a company has one slot of a cluster for its versions and values', () => {
  expect(versionKey('c1', 'deals')).toContain('{c1}')
  expect(valueKey(question)).toContain('{c1}')
})

test('two different questions never share a value, however their parts are cut', () => {
  const variants = [
    question,
    { ...question, companyId: 'c2' },
    { ...question, scope: 'own:u1' },
    { ...question, scope: 'all:4', key: 'list' },
    { ...question, namespace: 'deals:3', scope: 'all' },
    { ...question, key: 'list:all' },
    { ...question, key: 'x'.repeat(200) },
    { ...question, key: 'x'.repeat(201) },
  ]
  expect(new Set(variants.map(valueKey)).size).toBe(variants.length)
})

test('a long question makes a short key', () => {
  expect(valueKey({ ...question, key: 'x'.repeat(10_000) }).length).toBeLessThan(200)
})
