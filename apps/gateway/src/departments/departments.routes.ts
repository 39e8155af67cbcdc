import {
  createDepartmentRoute,
  deleteDepartmentRoute,
  departmentTreeRoute,
  getDepartmentRoute,
  listDepartmentsRoute,
  updateDepartmentRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { type Department, departmentList, findDepartment, listDepartmentTree } from './departments.repository.ts'
import { createDepartment, deleteDepartment, updateDepartment } from './save-department.ts'

export function departmentRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listDepartmentsRoute, async ({ actor, query }) => {
    const { limit, cursor, count, sort, ...filters } = query
    return ok(await listPage(database, departmentList, actor.companyId, { limit, cursor, count, sort, filters }))
  })

  route(app, departmentTreeRoute, async ({ actor }) =>
    ok({ data: await listDepartmentTree(database, actor.companyId) }),
  )

  route(app, getDepartmentRoute, async ({ actor, params: { id } }) => {
    const department = await findDepartment(database, actor.companyId, id)
    if (department === undefined) throw notFound('department', id)
    return resource(versioned(department))
  })

  route(app, createDepartmentRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const department = await createDepartment(tx, actor, body)
        return created(`/v1/departments/${department.id}`, versioned(department))
      }),
    ),
  )

  route(app, updateDepartmentRoute, async ({ actor, params: { id }, body, ifMatch }) =>
    resource(versioned(await withTx(database, (tx) => updateDepartment(tx, actor, { id, ifMatch, changes: body })))),
  )

  route(app, deleteDepartmentRoute, async ({ actor, params: { id }, ifMatch }) => {
    await withTx(database, (tx) => deleteDepartment(tx, actor, { id, ifMatch }))
    return noContent
  })
}

function versioned(department: Department) {
  return { json: JSON.stringify(department), version: department.version }
}
