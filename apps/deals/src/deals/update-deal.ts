import {
  type Actor,
  type BodyOf,
  type Deal,
  dealAssigned,
  dealLost,
  dealReopened,
  dealStageChanged,
  dealUpdated,
  dealWon,
  type updateDealRoute,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { notFound } from '@dealwire/errors'
import { append } from '@dealwire/messaging'
import { changedFields, isEmpty, merged } from '../access/changed-fields.ts'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import { ensureVersion } from '../access/ensure-version.ts'
import {
  ASSIGNEE_FIELDS,
  DETAIL_FIELDS,
  type DealFields,
  destination,
  ensureUnlocked,
  outcomeOf,
  refused,
  STAGE_FIELDS,
} from './deal.ts'
import { type LockedDeal, lockDeal, updateDealRow } from './deals.repository.ts'
import { getDeal } from './get-deal.ts'

type UpdateDealInput = {
  readonly id: string
  readonly ifMatch: number | undefined
  readonly changes: BodyOf<typeof updateDealRoute>
}

/** Changes the given fields of a deal under its row lock: what a concurrent change stored in the others stays. */
export async function updateDeal(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, changes }: UpdateDealInput,
): Promise<{ json: string; version: number }> {
  const before = await lockDeal(tx, actor.companyId, id)
  if (before === undefined) throw notFound('deal', id)
  ensureMayChange(actor, before)
  ensureVersion(before, ifMatch)
  ensureUnlocked(before)

  const fields: DealFields = { ...merged(before, changes), ...destination(before, changes) }
  if (isEmpty(changedFields(before, fields, EDITABLE))) return getDeal(tx, actor, id)

  const saved = await updateDealRow(tx, actor, before, fields)
  if (typeof saved === 'string') throw refused(saved, fields, actor.company.currency)
  appendChanges(tx, actor, before, saved.deal)
  return saved
}

const EDITABLE = [...DETAIL_FIELDS, ...STAGE_FIELDS, ...ASSIGNEE_FIELDS]

/** One event for each kind of change; all carry the same version, because they are one change. */
function appendChanges(tx: Tx, actor: Actor, before: LockedDeal, deal: Deal): void {
  const details = changedFields(before, deal, DETAIL_FIELDS)
  const stage = changedFields(before, deal, STAGE_FIELDS)
  const assignee = changedFields(before, deal, ASSIGNEE_FIELDS)
  if (!isEmpty(details)) append(tx, actor, dealUpdated, deal, { deal, ...details })
  if (!isEmpty(stage)) append(tx, actor, dealStageChanged, deal, { deal, ...stage })
  if (!isEmpty(assignee)) append(tx, actor, dealAssigned, deal, { deal, ...assignee })

  const outcome = outcomeOf(before.stageKind, deal.stageKind)
  if (outcome !== 'none') append(tx, actor, outcomeEvents[outcome], deal, { deal })
}

const outcomeEvents = { won: dealWon, lost: dealLost, reopened: dealReopened }
