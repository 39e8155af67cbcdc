import {
  createConnectionRoute,
  deleteConnectionRoute,
  getConnectionRoute,
  listConnectionsRoute,
  rotateConnectionSecretRoute,
  updateConnectionRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { type Answer, created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { connectionJson } from './connection-json.ts'
import { connectionList, findConnection } from './connections.repository.ts'
import { createConnection } from './create-connection.ts'
import { deleteConnection } from './delete-connection.ts'
import { rotateSecret } from './rotate-secret.ts'
import { updateConnection } from './update-connection.ts'

export function connectionRoutes(app: FastifyInstance, { database, box, connections, publicUrl }: Dependencies): void {
  const list = connectionList(publicUrl)

  route(app, listConnectionsRoute, async ({ actor, query: { provider, status, q, ...page } }) =>
    ok(await listPage(database, list, actor.companyId, { ...page, filters: { provider, status, q } })),
  )

  route(app, createConnectionRoute, async ({ actor, body, idempotency }) => {
    let shown: Answer | undefined
    const answer = await withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const { connection, secret } = await createConnection(tx, actor, { ...body, box })
        const location = `/v1/telephony/connections/${connection.id}`
        shown = created(location, connectionJson(connection, publicUrl, secret))
        return created(location, connectionJson(connection, publicUrl, null))
      }),
    )
    // What is stored for a replay must not hold the secret in the clear: only the first answer shows it.
    return shown ?? answer
  })

  route(app, getConnectionRoute, async ({ actor, params: { id } }) => {
    const connection = await findConnection(database, actor.companyId, id)
    if (connection === undefined) throw notFound('connection', id)
    return resource(connectionJson(connection, publicUrl))
  })

  route(app, updateConnectionRoute, async ({ actor, params: { id }, body, ifMatch }) => {
    const connection = await withTx(database, (tx) => updateConnection(tx, actor, { id, ifMatch, changes: body }))
    connections.forget(actor.companyId, id)
    return resource(connectionJson(connection, publicUrl))
  })

  route(app, deleteConnectionRoute, async ({ actor, params: { id }, ifMatch }) => {
    await withTx(database, (tx) => deleteConnection(tx, actor, { id, ifMatch }))
    connections.forget(actor.companyId, id)
    return noContent
  })

  route(app, rotateConnectionSecretRoute, async ({ actor, params: { id }, body, ifMatch }) => {
    const { connection, secret } = await withTx(database, (tx) =>
      rotateSecret(tx, actor, { id, ifMatch, ...body, box }),
    )
    connections.forget(actor.companyId, id)
    return resource(connectionJson(connection, publicUrl, secret))
  })
}
