import { createUserRoute, getUserRoute, listUsersRoute, updateUserRoute } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { created, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { createUser } from './create-user.ts'
import { updateUser } from './update-user.ts'
import { findUser, type User, userList } from './users.repository.ts'

export function userRoutes(app: FastifyInstance, { database, principals, passwords }: Dependencies): void {
  route(app, listUsersRoute, async ({ actor, query }) => {
    const { limit, cursor, count, sort, ...filters } = query
    return ok(await listPage(database, userList, actor.companyId, { limit, cursor, count, sort, filters }))
  })

  route(app, getUserRoute, async ({ actor, params }) => {
    const user = await findUser(database, actor.companyId, params.id ?? '')
    if (user === undefined) throw notFound('user', params.id ?? '')
    return resource(versioned(user))
  })

  route(app, createUserRoute, async ({ actor, body, idempotency }) => {
    const { password, ...input } = body
    const passwordHash = password === undefined ? null : await passwords.hash(password)
    return withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const user = await createUser(tx, actor, { ...input, passwordHash })
        return created(`/v1/users/${user.id}`, versioned(user))
      }),
    )
  })

  route(app, updateUserRoute, async ({ actor, params, body, ifMatch }) => {
    const { password, ...changes } = body
    const passwordHash = password === undefined ? null : await passwords.hash(password)
    const user = await withTx(database, (tx) =>
      updateUser(tx, actor, { id: params.id ?? '', ifMatch, changes, passwordHash }),
    )
    principals.forget(actor.companyId)
    return resource(versioned(user))
  })
}

function versioned(user: User) {
  return { json: JSON.stringify(user), version: user.version }
}
