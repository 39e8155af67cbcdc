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

/** Where a sign-in, or an attempt at one, came from. */
const origin = { address: z.string(), userAgent: z.string().nullable() }

export const sessionCreated = defineEvent(
  'crm.identity.session.created',
  'Somebody signed in',
  z.object({
    userId: z.uuid(),
    sessionId: z.uuid(),
    method: z.enum(['password', 'registration']),
    ...origin,
  }),
)

export const sessionRefused = defineEvent(
  'crm.identity.session.refused',
  'Somebody tried to sign in as a user, and was refused; attempts at accounts that do not exist belong to no company and cause no event',
  z.object({ userId: z.uuid(), reason: z.enum(['wrong_password', 'deactivated']), ...origin }),
)

export const sessionRevoked = defineEvent(
  'crm.identity.session.revoked',
  'Sessions ended before their time; their access tokens are refused from now on',
  z.object({
    userId: z.uuid(),
    sessionIds: z.array(z.uuid()),
    reason: z.enum(['logout', 'refresh_reused', 'password_changed', 'deactivated']),
    /** Of whom signed out, or used an old refresh token again. */
    address: origin.address.optional(),
    userAgent: origin.userAgent.optional(),
  }),
)

/** Who may do what under a role's name. */
const roleReference = {
  roleId: z.uuid(),
  key: z.string(),
  name: z.string(),
  permissions: z.array(z.string()),
  scope: z.enum(['own', 'all']),
}

export const roleCreated = defineEvent('crm.identity.role.created', 'A role was added', z.object(roleReference))

export const roleUpdated = defineEvent(
  'crm.identity.role.updated',
  'A role’s name, permissions or scope changed',
  z.object({ ...roleReference, before: changes, after: changes }),
)

export const roleDeleted = defineEvent('crm.identity.role.deleted', 'A role was deleted', z.object(roleReference))

/** Never the key itself. */
const apiKeyReference = {
  apiKeyId: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  permissions: z.array(z.string()),
  expiresAt: z.string().nullable(),
}

export const apiKeyCreated = defineEvent(
  'crm.identity.api-key.created',
  'An API key was made',
  z.object(apiKeyReference),
)

export const apiKeyRevoked = defineEvent(
  'crm.identity.api-key.revoked',
  'An API key was revoked; it is refused from now on',
  z.object(apiKeyReference),
)

const departmentReference = {
  departmentId: z.uuid(),
  name: z.string(),
  parentId: z.uuid().nullable(),
  headId: z.uuid().nullable(),
}

export const departmentCreated = defineEvent(
  'crm.identity.department.created',
  'A department was added',
  z.object(departmentReference),
)

export const departmentUpdated = defineEvent(
  'crm.identity.department.updated',
  'A department’s name, place or head changed',
  z.object({ ...departmentReference, before: changes, after: changes }),
)

export const departmentDeleted = defineEvent(
  'crm.identity.department.deleted',
  'A department was deleted',
  z.object(departmentReference),
)

const positionReference = {
  positionId: z.uuid(),
  name: z.string(),
  departmentId: z.uuid().nullable(),
  defaultRole: z.string(),
}

export const positionCreated = defineEvent(
  'crm.identity.position.created',
  'A position was added',
  z.object(positionReference),
)

export const positionUpdated = defineEvent(
  'crm.identity.position.updated',
  'A position’s name, department or default role changed',
  z.object({ ...positionReference, before: changes, after: changes }),
)

export const positionDeleted = defineEvent(
  'crm.identity.position.deleted',
  'A position was deleted',
  z.object(positionReference),
)
