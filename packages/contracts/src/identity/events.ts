import { z } from 'zod'
import { changes, defineEvent } from '../core/event.ts'

const companySettings = {
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  defaultRegion: z.string(),
  searchLanguage: z.string(),
}

export const companyCreated = defineEvent(
  'crm.identity.company.created',
  'A company signed up',
  z.object(companySettings),
)

export const companyUpdated = defineEvent(
  'crm.identity.company.updated',
  'A company’s name or settings changed',
  z.object({ ...companySettings, before: changes, after: changes }),
)

/** What another service keeps of a user, to show and check names without asking. */
const userReference = {
  userId: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  active: z.boolean(),
  teamId: z.uuid().nullable(),
}

export const userCreated = defineEvent('crm.identity.user.created', 'A user was added', z.object(userReference))

export const userUpdated = defineEvent(
  'crm.identity.user.updated',
  'A user’s name, email, role, team or state changed',
  z.object({ ...userReference, before: changes, after: changes }),
)

export const userDeactivated = defineEvent(
  'crm.identity.user.deactivated',
  'A user may no longer sign in, and every session ended',
  z.object({ userId: z.uuid(), name: z.string() }),
)

export const sessionRevoked = defineEvent(
  'crm.identity.session.revoked',
  'Sessions ended before their time; their access tokens are refused from now on',
  z.object({
    userId: z.uuid(),
    sessionIds: z.array(z.uuid()),
    reason: z.enum(['logout', 'refresh_reused', 'password_changed', 'deactivated']),
  }),
)
