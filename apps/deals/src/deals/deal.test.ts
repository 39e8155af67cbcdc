import { describe, expect, test } from 'vitest'
import { destination, ensureUnlocked, outcomeOf } from './deal.ts'

describe('outcomeOf', () => {
  test('entering a closed stage wins or loses, leaving it reopens', () => {
    expect(outcomeOf('OPEN', 'WON')).toBe('won')
    expect(outcomeOf('OPEN', 'LOST')).toBe('lost')
    expect(outcomeOf('WON', 'LOST')).toBe('lost')
    expect(outcomeOf('LOST', 'OPEN')).toBe('reopened')
  })

  test('a move within one kind has no outcome', () => {
    expect(outcomeOf('OPEN', 'OPEN')).toBe('none')
    expect(outcomeOf('WON', 'WON')).toBe('none')
  })
})

describe('destination', () => {
  const current = { pipelineId: 'sales', stage: 'LEAD' }

  test('keeps what was not asked for', () => {
    expect(destination(current, {})).toEqual(current)
    expect(destination(current, { stage: 'QUALIFIED' })).toEqual({ pipelineId: 'sales', stage: 'QUALIFIED' })
  })

  test('another pipeline without a stage leads to its first open stage, never to a stage that happens to have the same key', () => {
    expect(destination(current, { pipelineId: 'partners' })).toEqual({ pipelineId: 'partners', stage: null })
    expect(destination(current, { pipelineId: 'partners', stage: 'DEMO' })).toEqual({
      pipelineId: 'partners',
      stage: 'DEMO',
    })
  })
})

test('a submitted deal cannot be changed', () => {
  expect(() => ensureUnlocked({ id: 'd1', approvalStatus: 'SUBMITTED' })).toThrowError(
    expect.objectContaining({ code: 'deal_locked' }),
  )
  expect(() => ensureUnlocked({ id: 'd1', approvalStatus: 'APPROVED' })).not.toThrow()
})
