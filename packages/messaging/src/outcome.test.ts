import { AppError } from '@dealwire/errors'
import { describe, expect, test } from 'vitest'
import { isStorageAway, outcomeOf, redeliveryMs } from './outcome.ts'

describe('what a failed delivery deserves', () => {
  test.each([
    [new AppError('gone', 'x', 'x'), 'ack'],
    [new AppError('invalid', 'x', 'x'), 'dead_letter'],
    [new AppError('not_found', 'x', 'x'), 'retry'],
    [new AppError('conflict', 'x', 'x'), 'retry'],
    [new TypeError('a bug'), 'retry'],
    ['not even an error', 'retry'],
  ] as const)('%s on its first delivery: %s', (error, outcome) => {
    expect(outcomeOf(error, 1, 5)).toBe(outcome)
  })

  test('what was tried often enough is set aside, what is over stays over', () => {
    expect(outcomeOf(new Error('again'), 4, 5)).toBe('retry')
    expect(outcomeOf(new Error('again'), 5, 5)).toBe('dead_letter')
    expect(outcomeOf(new AppError('gone', 'x', 'x'), 9, 5)).toBe('ack')
  })

  test('only the database being away is not the fault of the message', () => {
    expect(isStorageAway(new AppError('unavailable', 'storage_unavailable', 'x'))).toBe(true)
    expect(isStorageAway(new AppError('unavailable', 'storage_busy', 'x'))).toBe(false)
  })

  test('redeliveries come ever later, and never later than half a minute', () => {
    const delays = [1, 2, 3, 4, 5, 100].map(redeliveryMs)
    expect(delays).toEqual([...delays].sort((a, b) => a - b))
    expect(Math.max(...delays)).toBe(30_000)
  })
})
