import { z } from 'zod'
import { instantOut, text, uuid, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { roleKey } from './users.ts'

export const position = z.strictObject({
  id: uuid,
  name: z.string(),
  departmentId: uuid.nullable(),
  /** The role of a user who is added in this position without one. */
  defaultRole: z.string(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})

export const listPositionsRoute = defineRoute({
  method: 'GET',
  path: '/v1/positions',
  service: 'gateway',
  permission: 'user:read',
  summary: 'List the positions',
  query: pageQuery({
    sorts: ['createdAt', 'name'],
    defaultSort: '-createdAt',
    filters: { q: text(200).optional(), departmentId: uuid.optional() },
  }),
  responses: { 200: pageOf(position) },
})

export const getPositionRoute = defineRoute({
  method: 'GET',
  path: '/v1/positions/:id',
  service: 'gateway',
  permission: 'user:read',
  summary: 'One position',
  responses: { 200: position, 404: problem },
})

export const createPositionRoute = defineRoute({
  method: 'POST',
  path: '/v1/positions',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'Add a position with the role that usually comes with it',
  idempotent: true,
  body: z.strictObject({
    name: text(200),
    departmentId: uuid.nullable().optional(),
    defaultRole: roleKey.default('EMPLOYEE'),
  }),
  responses: { 201: position, 404: problem },
})

export const updatePositionRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/positions/:id',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'Change a position; users in it keep their roles',
  body: z.strictObject({
    name: text(200).optional(),
    departmentId: uuid.nullable().optional(),
    defaultRole: roleKey.optional(),
  }),
  responses: { 200: position, 404: problem, 412: problem },
})

export const deletePositionRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/positions/:id',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'Delete a position that no user is in',
  errors: ['position_in_use'],
  responses: { 204: null, 404: problem, 409: problem, 412: problem },
})
