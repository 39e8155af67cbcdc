import {
  type Activity,
  type Actor,
  activityCompleted,
  activityCreated,
  type BodyOf,
  type createActivityRoute,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { append, merged, newId } from '@dealwire/messaging'
import { touchDeal } from '../deals/touch-deal.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { type ActivityFields, insertActivity } from './activities.repository.ts'

type Input = BodyOf<typeof createActivityRoute> & { readonly dealId: string }

/** Adds an activity to a deal that the caller may change; the deal has had its last activity now. */
export async function createActivity(tx: Tx, actor: Actor, { dealId, ...input }: Input): Promise<Activity> {
  const { customerId } = await touchDeal(tx, actor, dealId)
  await ensureUser(tx, actor, input.assignedToId)
  const fields: ActivityFields = merged({ ...EMPTY, kind: input.kind, subject: input.subject }, input)
  const { companyId, userId: createdById } = actor
  const made = await insertActivity(tx, { companyId, id: newId(), dealId, ...fields, createdById })
  if (made === undefined) throw new Error('An insert answers its row')
  append(tx, actor, activityCreated, made, { activity: made, customerId })
  if (made.doneAt !== null) append(tx, actor, activityCompleted, made, { activity: made, customerId })
  return made
}

const EMPTY = { body: null, dueAt: null, doneAt: null, startsAt: null, endsAt: null, assignedToId: null }
