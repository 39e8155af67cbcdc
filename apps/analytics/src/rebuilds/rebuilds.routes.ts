import { getRebuildRoute, startRebuildRoute } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { accepted, ok, once, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { findRebuild } from './rebuilds.repository.ts'
import { startRebuild } from './start-rebuild.ts'

export function rebuildRoutes(app: FastifyInstance, { database }: Deps): void {
  route(app, startRebuildRoute, ({ actor, body, idempotency }) =>
    withTx(database, (tx) => once(tx, idempotency, async () => accepted(await startRebuild(tx, actor, body)))),
  )

  route(app, getRebuildRoute, async ({ actor, params }) => {
    const rebuild = await findRebuild(database, actor.companyId, params.id)
    if (rebuild === undefined) throw notFound('rebuild', params.id)
    return ok(rebuild)
  })
}
