import { createRoleRoute, deleteRoleRoute, getRoleRoute, listRolesRoute, updateRoleRoute } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { createRole } from './create-role.ts'
import { deleteRole } from './delete-role.ts'
import { findRole, type Role, roleList } from './roles.repository.ts'
import { updateRole } from './update-role.ts'

export function roleRoutes(app: FastifyInstance, { database, principals }: Dependencies): void {
  route(app, listRolesRoute, async ({ actor, query }) => {
    const { limit, cursor, count, sort, ...filters } = query
    return ok(await listPage(database, roleList, actor.companyId, { limit, cursor, count, sort, filters }))
  })

  route(app, getRoleRoute, async ({ actor, params: { id } }) => {
    const role = await findRole(database, actor.companyId, id)
    if (role === undefined) throw notFound('role', id)
    return resource(versioned(role))
  })

  route(app, createRoleRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const role = await createRole(tx, actor, body)
        return created(`/v1/roles/${role.id}`, versioned(role))
      }),
    ),
  )

  route(app, updateRoleRoute, async ({ actor, params: { id }, body, ifMatch }) => {
    const role = await withTx(database, (tx) => updateRole(tx, actor, { id, ifMatch, changes: body }))
    principals.forget(actor.companyId)
    return resource(versioned(role))
  })

  route(app, deleteRoleRoute, async ({ actor, params: { id }, ifMatch }) => {
    await withTx(database, (tx) => deleteRole(tx, actor, { id, ifMatch }))
    return noContent
  })
}

function versioned(role: Role) {
  return { json: JSON.stringify(role), version: role.version }
}
