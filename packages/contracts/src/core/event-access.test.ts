import { describe, expect, test } from 'vitest'
import { allEvents } from '../catalogue.ts'
import { accessOfEvent, maySeeEvent } from './event-access.ts'
import { rolePermissions } from './permissions.ts'

const reader = (role: keyof typeof rolePermissions, userId = 'me') => ({
  userId,
  scope: rolePermissions[role].scope,
  permissions: new Set(rolePermissions[role].permissions),
})

describe('who may see an event', () => {
  test.each(allEvents.map((event) => event.type))('%s has a rule', (type) => {
    expect(accessOfEvent(type)).toBeDefined()
  })

  test('an event of an unknown entity is shown to nobody', () => {
    expect(maySeeEvent(reader('ADMIN'), { type: 'crm.deals.secret.created', data: {} })).toBe(false)
  })

  test('permission decides, and for some entities the scope as well', () => {
    const exported = { type: 'crm.deals.export.completed', actorid: 'other', data: {} }
    expect(maySeeEvent(reader('MANAGER'), exported)).toBe(true)
    expect(maySeeEvent(reader('EMPLOYEE'), exported)).toBe(false)
    expect(maySeeEvent(reader('EMPLOYEE', 'other'), exported)).toBe(true)
    expect(maySeeEvent(reader('EMPLOYEE'), { type: 'crm.deals.deal.created', data: {} })).toBe(true)
    expect(maySeeEvent(reader('EMPLOYEE'), { type: 'crm.identity.user.created', data: {} })).toBe(false)
    const signIn = { type: 'crm.identity.session.created', actorid: 'me', data: { userId: 'me' } }
    expect(maySeeEvent(reader('MANAGER'), signIn)).toBe(true)
    expect(maySeeEvent(reader('EMPLOYEE'), signIn)).toBe(false)
  })
})
