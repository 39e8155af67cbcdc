import {
  type Activity,
  type Actor,
  activityCompleted,
  activityUpdated,
  type BodyOf,
  type updateActivityRoute,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged } from '@dealwire/messaging'
import { touchDeal } from '../deals/touch-deal.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { type ActivityFields, lockActivity, updateActivityRow } from './activities.repository.ts'

type Input = {
  readonly dealId: string
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateActivityRoute>
}

/** Changes the given fields; doing what was to be done is told as such, and counts as the deal's last activity. */
export async function updateActivity(tx: Tx, actor: Actor, { dealId, id, ifMatch, changes }: Input): Promise<Activity> {
  const { customerId } = await touchDeal(tx, actor, dealId)
  const place = { companyId: actor.companyId, dealId, id }
  const before = await lockActivity(tx, place)
  if (before === undefined) throw notFound('activity', id)
  ensureVersion(before, ifMatch)
  const after = merged(before, changes)
  if (isEmpty(changedFields(before, after, FIELDS))) return before

  if (after.assignedToId !== before.assignedToId) await ensureUser(tx, actor, after.assignedToId)
  const saved = await updateActivityRow(tx, place, fieldsOf(after))
  if (saved === undefined) throw notFound('activity', id)
  const isCompleted = before.doneAt === null && saved.doneAt !== null
  append(tx, actor, isCompleted ? activityCompleted : activityUpdated, saved, { activity: saved, customerId })
  return saved
}

const FIELDS = ['kind', 'subject', 'body', 'dueAt', 'doneAt', 'startsAt', 'endsAt', 'assignedToId'] as const

function fieldsOf({ kind, subject, body, dueAt, doneAt, startsAt, endsAt, assignedToId }: Activity): ActivityFields {
  return { kind, subject, body, dueAt, doneAt, startsAt, endsAt, assignedToId }
}
