import { z } from 'zod'
import { email, instantOut, text, uuid, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

/** Long enough to resist guessing; the upper bound keeps hashing a megabyte from being a way to stall the service. */
export const password = z.string().min(10).max(200)

/** The key of a role: `ADMIN`, `MANAGER`, `EMPLOYEE`, or one of the company’s own. */
export const roleKey = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{1,49}$/, 'must be a role key such as "MANAGER"')
  .meta({ example: 'SALES_REP' })

export const user = z.strictObject({
  id: uuid,
  name: z.string(),
  email: z.string(),
  role: z.string(),
  teamId: uuid.nullable(),
  departmentId: uuid.nullable(),
  positionId: uuid.nullable(),
  active: z.boolean(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})

export const listUsersRoute = defineRoute({
  method: 'GET',
  path: '/v1/users',
  service: 'gateway',
  permission: 'user:read',
  summary: 'List the company’s users',
  query: pageQuery({
    sorts: ['createdAt', 'name', 'email'],
    defaultSort: '-createdAt',
    filters: {
      q: text(200).optional(),
      role: roleKey.optional(),
      active: z
        .enum(['true', 'false'])
        .transform((value) => value === 'true')
        .optional(),
      teamId: uuid.optional(),
      departmentId: uuid.optional(),
      positionId: uuid.optional(),
    },
  }),
  responses: { 200: pageOf(user) },
})

export const getUserRoute = defineRoute({
  method: 'GET',
  path: '/v1/users/:id',
  service: 'gateway',
  permission: 'user:read',
  summary: 'One user',
  responses: { 200: user, 404: problem },
})

export const createUserRoute = defineRoute({
  method: 'POST',
  path: '/v1/users',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'Add a user; without a password the user cannot sign in until one is set',
  idempotent: true,
  body: z.strictObject({
    name: text(200),
    email,
    password: password.optional(),
    /** Without one: the default role of the position, else EMPLOYEE. */
    role: roleKey.optional(),
    teamId: uuid.nullable().optional(),
    departmentId: uuid.nullable().optional(),
    positionId: uuid.nullable().optional(),
    active: z.boolean().default(true),
  }),
  errors: ['email_taken', 'sign_in_busy'],
  responses: { 201: user, 403: problem, 404: problem, 409: problem },
})

export const updateUserRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/users/:id',
  service: 'gateway',
  permission: 'user:manage',
  description:
    'A changed role keeps the sessions; its permissions hold within two seconds. The company keeps at least one active ADMIN.',
  summary: 'Change a user; deactivating or a new password ends the user’s sessions',
  body: z.strictObject({
    name: text(200).optional(),
    email: email.optional(),
    password: password.optional(),
    role: roleKey.optional(),
    teamId: uuid.nullable().optional(),
    departmentId: uuid.nullable().optional(),
    positionId: uuid.nullable().optional(),
    active: z.boolean().optional(),
  }),
  errors: ['email_taken', 'last_admin', 'sign_in_busy'],
  responses: { 200: user, 403: problem, 404: problem, 409: problem, 412: problem },
})
