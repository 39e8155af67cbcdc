import {
  createPositionRoute,
  deletePositionRoute,
  getPositionRoute,
  listPositionsRoute,
  updatePositionRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { findPosition, type Position, positionList } from './positions.repository.ts'
import { createPosition, deletePosition, updatePosition } from './save-position.ts'

export function positionRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listPositionsRoute, async ({ actor, query }) => {
    const { limit, cursor, count, sort, ...filters } = query
    return ok(await listPage(database, positionList, actor.companyId, { limit, cursor, count, sort, filters }))
  })

  route(app, getPositionRoute, async ({ actor, params: { id } }) => {
    const position = await findPosition(database, actor.companyId, id)
    if (position === undefined) throw notFound('position', id)
    return resource(versioned(position))
  })

  route(app, createPositionRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const position = await createPosition(tx, actor, body)
        return created(`/v1/positions/${position.id}`, versioned(position))
      }),
    ),
  )

  route(app, updatePositionRoute, async ({ actor, params: { id }, body, ifMatch }) =>
    resource(versioned(await withTx(database, (tx) => updatePosition(tx, actor, { id, ifMatch, changes: body })))),
  )

  route(app, deletePositionRoute, async ({ actor, params: { id }, ifMatch }) => {
    await withTx(database, (tx) => deletePosition(tx, actor, { id, ifMatch }))
    return noContent
  })
}

function versioned(position: Position) {
  return { json: JSON.stringify(position), version: position.version }
}
