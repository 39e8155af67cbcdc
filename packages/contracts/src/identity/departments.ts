import { z } from 'zod'
import { instantOut, text, uuid, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

/** Departments under departments, so deep. */
export const MAX_DEPARTMENT_DEPTH = 20

export const department = z.strictObject({
  id: uuid,
  name: z.string(),
  parentId: uuid.nullable(),
  headId: uuid.nullable(),
  headName: z.string().nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})

export const listDepartmentsRoute = defineRoute({
  method: 'GET',
  path: '/v1/departments',
  service: 'gateway',
  permission: 'user:read',
  summary: 'List the departments',
  query: pageQuery({
    sorts: ['createdAt', 'name'],
    defaultSort: '-createdAt',
    filters: { q: text(200).optional(), parentId: uuid.optional(), headId: uuid.optional() },
  }),
  responses: { 200: pageOf(department) },
})

export const departmentTreeRoute = defineRoute({
  method: 'GET',
  path: '/v1/departments/tree',
  service: 'gateway',
  permission: 'user:read',
  summary: 'The departments as a tree, each before those under it; the first 1,000',
  responses: {
    200: z.strictObject({
      data: z.array(
        z.strictObject({
          id: uuid,
          name: z.string(),
          parentId: uuid.nullable(),
          headId: uuid.nullable(),
          headName: z.string().nullable(),
          depth: z.int().min(1),
          users: z.int().min(0),
        }),
      ),
    }),
  },
})

export const getDepartmentRoute = defineRoute({
  method: 'GET',
  path: '/v1/departments/:id',
  service: 'gateway',
  permission: 'user:read',
  summary: 'One department',
  responses: { 200: department, 404: problem },
})

export const createDepartmentRoute = defineRoute({
  method: 'POST',
  path: '/v1/departments',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'Add a department',
  idempotent: true,
  body: z.strictObject({
    name: text(200),
    parentId: uuid.nullable().optional(),
    headId: uuid.nullable().optional(),
  }),
  errors: ['department_cycle', 'department_too_deep'],
  responses: { 201: department, 404: problem, 409: problem },
})

export const updateDepartmentRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/departments/:id',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'Rename or move a department, or name its head; it cannot come under itself',
  body: z.strictObject({
    name: text(200).optional(),
    parentId: uuid.nullable().optional(),
    headId: uuid.nullable().optional(),
  }),
  errors: ['department_cycle', 'department_too_deep'],
  responses: { 200: department, 404: problem, 409: problem, 412: problem },
})

export const deleteDepartmentRoute = defineRoute({
  method: 'DELETE',
  path: '/v1/departments/:id',
  service: 'gateway',
  permission: 'user:manage',
  summary: 'Delete a department that has no users, positions or departments under it',
  errors: ['department_in_use'],
  responses: { 204: null, 404: problem, 409: problem, 412: problem },
})
