import { makeActor } from '@dealwire/testing'
import { expect, test } from 'vitest'
import { mayChange } from './ensure-may-change.ts'

const employee = makeActor({ role: 'EMPLOYEE' })

test('scope own covers what is assigned to the caller', () => {
  expect(mayChange(employee, { assignedToId: employee.userId, createdById: 'other' })).toBe(true)
  expect(mayChange(employee, { assignedToId: 'other', createdById: employee.userId })).toBe(false)
})

test('scope own covers what the caller created while nobody is assigned', () => {
  expect(mayChange(employee, { assignedToId: null, createdById: employee.userId })).toBe(true)
  expect(mayChange(employee, { assignedToId: null, createdById: null })).toBe(false)
})

test('scope all covers everything', () => {
  expect(mayChange(makeActor({ role: 'MANAGER' }), { assignedToId: 'other', createdById: 'other' })).toBe(true)
})
