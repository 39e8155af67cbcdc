import {
  createQueueRoute,
  deleteQueueRoute,
  getQueueRoute,
  listQueuesRoute,
  updateQueueRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { findQueue, queueList } from './queues.repository.ts'
import { createQueue, deleteQueue, updateQueue } from './save-queue.ts'

export function queueRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listQueuesRoute, async ({ actor, query: { key, q, ...page } }) =>
    ok(await listPage(database, queueList, actor.companyId, { ...page, filters: { key, q } })),
  )

  route(app, createQueueRoute, async ({ actor, body, idempotency }) =>
    withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createQueue(tx, actor, body)
        return created(`/v1/telephony/queues/${made.id}`, made)
      }),
    ),
  )

  route(app, getQueueRoute, async ({ actor, params: { id } }) => {
    const queue = await findQueue(database, actor.companyId, id)
    if (queue === undefined) throw notFound('queue', id)
    return resource(queue)
  })

  route(app, updateQueueRoute, async ({ actor, params: { id }, body, ifMatch }) =>
    withTx(database, async (tx) => resource(await updateQueue(tx, actor, { id, ifMatch, changes: body }))),
  )

  route(app, deleteQueueRoute, async ({ actor, params: { id }, ifMatch }) =>
    withTx(database, async (tx) => {
      await deleteQueue(tx, actor, { id, ifMatch })
      return noContent
    }),
  )
}
