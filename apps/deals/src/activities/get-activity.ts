import type { Activity, Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { getDeal } from '../deals/get-deal.ts'
import { findActivity } from './activities.repository.ts'

type Place = { readonly dealId: string; readonly id: string }

export async function getActivity(db: Executor, actor: Actor, { dealId, id }: Place): Promise<Activity> {
  await getDeal(db, actor, dealId)
  const activity = await findActivity(db, { companyId: actor.companyId, dealId, id })
  if (activity === undefined) throw notFound('activity', id)
  return activity
}
