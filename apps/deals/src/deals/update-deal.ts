import type { Actor, BodyOf, updateDealRoute } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { ensureVersion, notFound } from '@dealwire/errors'
import { changedFields, isEmpty, merged } from '@dealwire/messaging'
import { ensureMayChange } from '../access/ensure-may-change.ts'
import { mergedValues } from '../custom-fields/custom-field-values.ts'
import { ensureCustomFieldsFit } from '../custom-fields/ensure-custom-fields-fit.ts'
import { historyOf } from '../deal-history/deal-history.ts'
import { recordHistory } from '../deal-history/record-history.ts'
import { soldItems } from '../line-items/sold-items.ts'
import { getStage } from '../pipelines/get-stage.ts'
import { appendChanges } from './append-changes.ts'
import {
  ASSIGNEE_FIELDS,
  DETAIL_FIELDS,
  type DealFields,
  destination,
  ensureComplete,
  ensureUnlocked,
  STAGE_FIELDS,
} from './deal.ts'
import { updateDealRow } from './deals.repository.ts'
import { getDeal } from './get-deal.ts'
import { priceOf } from './price-of.ts'
import { type LockedDeal, lockDeal, type StoredDeal } from './stored-deal.ts'

type Changes = BodyOf<typeof updateDealRoute>
type UpdateDealInput = { readonly id: string; readonly ifMatch: number | undefined; readonly changes: Changes }

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

  await ensureCustomFieldsFit(tx, actor, 'deal', changes.customFields)
  const customFields = mergedValues(before.customFields, changes.customFields)
  const fields = { ...merged(before, changes), customFields, ...destination(before, changes) }
  const asked = changedFields(before, fields, EDITABLE)
  if (isEmpty(asked)) return getDeal(tx, actor, id)

  const saved = await save(tx, actor, before, { fields, changed: new Set(Object.keys(asked.after)) })
  ensureComplete(fields, saved.deal)
  recordHistory(tx, actor, historyOf(before, saved.deal))
  const change = { before, after: saved.deal }
  appendChanges(tx, actor, { ...change, sold: await soldItems(tx, actor.companyId, [change]) })
  return saved
}

const EDITABLE = [...DETAIL_FIELDS, ...STAGE_FIELDS, ...ASSIGNEE_FIELDS]

type Asked = { readonly fields: DealFields & ReturnType<typeof destination>; readonly changed: ReadonlySet<string> }

/** The base value is frozen until value, currency or outcome change, so only then must there be a rate. */
async function save(tx: Tx, actor: Actor, before: LockedDeal, { fields, changed }: Asked): Promise<StoredDeal> {
  const reprice = changed.has('value') || changed.has('currency')
  const needsRate = reprice || changed.has('stage') || changed.has('pipelineId')
  const price = needsRate ? await priceOf(tx, actor, fields.currency) : { baseCurrency: before.baseCurrency, rate: '1' }
  const stage = fields.stage ?? (await getStage(tx, actor, fields))
  const to = { pipelineId: fields.pipelineId, stage }
  const saved = await updateDealRow(tx, actor, { id: before.id, fields, price, to, reprice })
  if (saved !== undefined) return saved
  await getStage(tx, actor, to)
  throw new Error('The deal has a stage, and cannot be put there')
}
