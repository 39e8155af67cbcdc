import {
  type Actor,
  type ApprovalStep,
  dealApproved,
  dealCancelled,
  dealSubmitted,
  dealUnlocked,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import { recordHistory } from '../deal-history/record-history.ts'
import { lockDeal, type StoredDeal } from '../deals/stored-deal.ts'
import { updateApprovalStatus } from './approval.repository.ts'
import { afterStep } from './approval.ts'

type Input = { readonly id: string; readonly ifMatch: number | undefined; readonly step: ApprovalStep }

/** Takes a step of the approval flow under the row lock: of two people who decide at once, the second finds it decided. */
export async function takeApprovalStep(tx: Tx, actor: Actor, { id, ifMatch, step }: Input): Promise<StoredDeal> {
  const before = await lockDeal(tx, actor.companyId, id)
  if (before === undefined) throw notFound('deal', id)
  ensureMayChange(actor, before)
  ensureVersion(before, ifMatch)

  const { approvalStatus: from } = before
  const to = afterStep(step, from)
  const saved = await updateApprovalStatus(tx, actor.companyId, id, to)
  if (saved === undefined) throw notFound('deal', id)
  recordHistory(tx, actor, [{ dealId: id, field: 'approvalStatus', from, to, secondsInStage: null }])
  append(tx, actor, events[step], saved.deal, { deal: saved.deal })
  return saved
}

const events = { submit: dealSubmitted, approve: dealApproved, unlock: dealUnlocked, cancel: dealCancelled }
