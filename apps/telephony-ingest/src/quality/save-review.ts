import {
  type Actor,
  type BodyOf,
  type createQualityReviewRoute,
  reviewCreated,
  type updateQualityReviewRoute,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged, newId } from '@dealwire/messaging'
import { ensureUser } from '../agents/ensure-user.ts'
import {
  deleteReviewRow,
  findReview,
  insertReview,
  lockReview,
  type StoredReview,
  updateReviewRow,
} from './quality.repository.ts'

/** Reviews a call, in the name of whoever asks unless another reviewer is named. */
export async function createReview(
  tx: Tx,
  actor: Actor,
  body: BodyOf<typeof createQualityReviewRoute>,
): Promise<StoredReview> {
  const reviewerId = body.reviewerId ?? actor.userId
  if (reviewerId === null)
    throw new AppError('invalid', 'validation_failed', 'reviewerId: is required when the caller is not a user.')
  await ensureUser(tx, actor, reviewerId)
  const { hasCall, made } = await insertReview(tx, actor.companyId, { ...body, id: newId(), reviewerId })
  if (!hasCall) throw notFound('call', body.callId)
  if (made === undefined) {
    throw new AppError(
      'conflict',
      'duplicate',
      `Call '${body.callId}' is already reviewed by '${reviewerId}'; change that review.`,
    )
  }
  append(tx, actor, reviewCreated, made, { review: JSON.parse(made.json) })
  return made
}

type Target = { readonly id: string; readonly ifMatch: number | undefined }

export async function updateReview(
  tx: Tx,
  actor: Actor,
  { changes, ...target }: Target & { readonly changes: BodyOf<typeof updateQualityReviewRoute> },
): Promise<StoredReview> {
  const { id: _id, version: _version, ...before } = await getLocked(tx, actor, target)
  const after = merged(before, changes)
  const isSame = isEmpty(changedFields(before, after, Object.keys(changes)))
  const { companyId } = actor
  const saved = isSame
    ? await findReview(tx, companyId, target.id)
    : await updateReviewRow(tx, companyId, target.id, after)
  if (saved === undefined) throw notFound('review', target.id)
  return saved
}

export async function deleteReview(tx: Tx, actor: Actor, target: Target): Promise<void> {
  await getLocked(tx, actor, target)
  await deleteReviewRow(tx, actor.companyId, target.id)
}

async function getLocked(tx: Tx, actor: Actor, { id, ifMatch }: Target) {
  const before = await lockReview(tx, actor.companyId, id)
  if (before === undefined) throw notFound('review', id)
  ensureVersion(before, ifMatch)
  return before
}
