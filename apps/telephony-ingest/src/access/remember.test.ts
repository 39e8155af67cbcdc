import { expect, test } from 'vitest'
import { remember } from './remember.ts'

test('a flood of keys pushes out one another, not what is asked for all the time', async () => {
  let loads = 0
  const memory = remember({ ttlMs: 60_000, maxEntries: 10, load: async (key) => `${key} ${++loads}` })
  expect(await memory.get('busy')).toBe('busy 1')
  for (let flood = 0; flood < 100; flood++) {
    await memory.get(`made up ${flood}`)
    expect(await memory.get('busy')).toBe('busy 1')
  }
  expect(await memory.get('made up 0')).toBe('made up 0 102')
})

test('however many ask at once, it is loaded once; a failure is not kept', async () => {
  let loads = 0
  const memory = remember({
    ttlMs: 60_000,
    maxEntries: 10,
    load: async () => {
      if (++loads === 1) throw new Error('away')
      return loads
    },
  })
  await expect(memory.get('a')).rejects.toThrow('away')
  expect(await Promise.all([memory.get('a'), memory.get('a')])).toEqual([2, 2])
  memory.forget('a')
  expect(await memory.get('a')).toBe(3)
})
