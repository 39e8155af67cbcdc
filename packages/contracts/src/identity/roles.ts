import { z } from 'zod'
import { instantOut, text, uuid, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { permissionList } from './api-keys.ts'
import { roleKey } from './users.ts'

/** `own`: changes only what is assigned to the user, or created by the user and assigned to nobody. */
const scope = z.enum(['own', 'all'])

export const role = z.strictObject({
  id: uuid,
  key: z.string(),
  name: z.string(),
  permissions: z.array(z.string()),
  scope,
  builtIn: z.boolean(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})

export const listRolesRoute = defineRoute({
  method: 'GET',
  path: '/v1/roles',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'List the built-in roles and the company’s own',
  query: pageQuery({
    sorts: ['createdAt', 'name'],
    defaultSort: 'createdAt',
    filters: {
      q: text(200).optional(),
      builtIn: z
        .enum(['true', 'false'])
        .transform((value) => value === 'true')
        .optional(),
    },
  }),
  responses: { 200: pageOf(role) },
})

export const getRoleRoute = defineRoute({
  method: 'GET',
  path: '/v1/roles/:id',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'One role',
  responses: { 200: role, 404: problem },
})

export const createRoleRoute = defineRoute({
  method: 'POST',
  path: '/v1/roles',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'Add a role with permissions that the caller holds',
  idempotent: true,
  body: z.strictObject({ key: roleKey, name: text(200), permissions: permissionList, scope: scope.default('own') }),
  errors: ['role_key_taken'],
  responses: { 201: role, 403: problem, 409: problem },
})

export const updateRoleRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/roles/:id',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'Change a role; its users have the new permissions within two seconds and stay signed in',
  body: z.strictObject({
    name: text(200).optional(),
    permissions: permissionList.optional(),
    scope: scope.optional(),
  }),
  errors: ['role_built_in'],
  responses: { 200: role, 403: problem, 404: problem, 409: problem, 412: problem },
})

export const deleteRoleRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/roles/:id',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'Delete a role that no user has',
  errors: ['role_built_in', 'role_in_use'],
  responses: { 204: null, 404: problem, 409: problem, 412: problem },
})
