import { expect, test } from 'vitest'
import { classifyCause } from './hangup-causes.ts'

test.each([
  ['NORMAL_CLEARING', 'normal'],
  ['NORMAL_UNSPECIFIED', 'normal'],
  ['16', 'normal'],
  ['NO ANSWER', 'no_answer'],
  ['no-answer', 'no_answer'],
  ['USER_BUSY', 'busy'],
  ['ORIGINATOR_CANCEL', 'cancelled'],
  ['LOSE_RACE', 'answered_elsewhere'],
  ['26', 'answered_elsewhere'],
  ['CALL_REJECTED', 'rejected'],
  ['UNALLOCATED_NUMBER', 'failed'],
  ['41', 'failed'],
  [' ', null],
  [null, null],
])('%s is %s', (cause, expected) => {
  expect(classifyCause(cause)).toBe(expected)
})
