import { type Executor, run, runOne, statement, type Tx } from '@dealwire/db/client'
import type { ListSpec } from '@dealwire/db/page'

export type StoredReview = { readonly json: string; readonly id: string; readonly version: number }

const ITEM = `json_build_object('id', r.id, 'callId', r.call_id, 'reviewerId', r.reviewer_id, 'score', r.score,
  'criteria', r.criteria, 'comment', r.comment, 'version', r.version, 'createdAt', iso(r.created_at), 'updatedAt', iso(r.updated_at))`
const ANSWER = `${ITEM}::text AS json, r.id, r.version`

export const reviewList: ListSpec = {
  name: 'quality_reviews',
  from: 'quality_reviews r',
  alias: 'r',
  where: 'r.company_id = $1 AND r.deleted_at IS NULL',
  item: ITEM,
  sorts: { createdAt: { expression: 'r.created_at', type: 'timestamptz' } },
  filters: { callId: 'r.call_id = $?', reviewerId: 'r.reviewer_id = $?' },
}

export async function findReview(executor: Executor, companyId: string, id: string): Promise<StoredReview | undefined> {
  return runOne(executor, find, [companyId, id])
}

const find = statement(
  'find_quality_review',
  `SELECT ${ANSWER} FROM quality_reviews r WHERE r.company_id = $1 AND r.id = $2 AND r.deleted_at IS NULL`,
)

export type ReviewFields = {
  readonly score: number
  readonly criteria: readonly unknown[]
  readonly comment: string | null
}

/** A merged call is reviewed as the one it became part of. Without a row: `hasCall` tells whether the call is missing. */
export async function insertReview(
  tx: Tx,
  companyId: string,
  review: ReviewFields & { readonly id: string; readonly callId: string; readonly reviewerId: string },
): Promise<{ readonly hasCall: boolean; readonly made: StoredReview | undefined }> {
  const { id, callId, reviewerId, score, criteria, comment } = review
  const values = [companyId, id, callId, reviewerId, score, JSON.stringify(criteria), comment]
  const row = await runOne<StoredReview & { hasCall: boolean; id: string | null }>(tx, insert, values)
  return { hasCall: row?.hasCall ?? false, made: row?.id == null ? undefined : row }
}

const insert = statement(
  'insert_quality_review',
  `WITH call AS (SELECT coalesce(merged_into_id, id) AS id FROM calls WHERE company_id = $1 AND id = $3), made AS (
     INSERT INTO quality_reviews (company_id, id, call_id, reviewer_id, score, criteria, comment)
     SELECT $1, $2, call.id, $4, $5, $6, $7 FROM call
     ON CONFLICT (company_id, call_id, reviewer_id) WHERE deleted_at IS NULL DO NOTHING RETURNING *
   ) SELECT EXISTS (SELECT FROM call) AS "hasCall", CASE WHEN r.id IS NOT NULL THEN ${ITEM}::text END AS json, r.id, r.version
   FROM (SELECT 1) AS one LEFT JOIN made r ON true`,
)

export type LockedReview = ReviewFields & { readonly id: string; readonly version: number }

export async function lockReview(tx: Tx, companyId: string, id: string): Promise<LockedReview | undefined> {
  return runOne(tx, lock, [companyId, id])
}

const lock = statement(
  'lock_quality_review',
  `SELECT id, version, score, criteria, comment FROM quality_reviews
   WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE`,
)

export async function updateReviewRow(
  tx: Tx,
  companyId: string,
  id: string,
  { score, criteria, comment }: ReviewFields,
): Promise<StoredReview | undefined> {
  return runOne(tx, update, [companyId, id, score, JSON.stringify(criteria), comment])
}

const update = statement(
  'update_quality_review',
  `WITH saved AS (
     UPDATE quality_reviews SET score = $3, criteria = $4, comment = $5, version = version + 1, updated_at = now()
     WHERE company_id = $1 AND id = $2 RETURNING *
   ) SELECT ${ANSWER} FROM saved r`,
)

export async function deleteReviewRow(tx: Tx, companyId: string, id: string): Promise<void> {
  await run(tx, remove, [companyId, id])
}

const remove = statement(
  'delete_quality_review',
  'UPDATE quality_reviews SET deleted_at = now(), version = version + 1, updated_at = now() WHERE company_id = $1 AND id = $2',
)
