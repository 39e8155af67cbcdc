import {
  createQualityReviewRoute,
  deleteQualityReviewRoute,
  getQualityReviewRoute,
  listQualityReviewsRoute,
  updateQualityReviewRoute,
} from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { created, noContent, ok, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { awaitUser } from '../agents/await-user.ts'
import type { Dependencies } from '../dependencies.ts'
import { findReview, reviewList } from './quality.repository.ts'
import { createReview, deleteReview, updateReview } from './save-review.ts'

export function qualityRoutes(app: FastifyInstance, { database }: Dependencies): void {
  route(app, listQualityReviewsRoute, async ({ actor, query: { callId, reviewerId, ...page } }) =>
    ok(await listPage(database, reviewList, actor.companyId, { ...page, filters: { callId, reviewerId } })),
  )

  route(app, createQualityReviewRoute, async ({ actor, body, idempotency }) => {
    await awaitUser(database, actor, body.reviewerId)
    return withTx(database, (tx) =>
      once(tx, idempotency, async () => {
        const made = await createReview(tx, actor, body)
        return created(`/v1/telephony/quality/reviews/${made.id}`, made)
      }),
    )
  })

  route(app, getQualityReviewRoute, async ({ actor, params: { id } }) => {
    const review = await findReview(database, actor.companyId, id)
    if (review === undefined) throw notFound('review', id)
    return resource(review)
  })

  route(app, updateQualityReviewRoute, async ({ actor, params: { id }, body, ifMatch }) =>
    withTx(database, async (tx) => resource(await updateReview(tx, actor, { id, ifMatch, changes: body }))),
  )

  route(app, deleteQualityReviewRoute, async ({ actor, params: { id }, ifMatch }) =>
    withTx(database, async (tx) => {
      await deleteReview(tx, actor, { id, ifMatch })
      return noContent
    }),
  )
}
