import type { Deal } from '@dealwire/contracts'
import { AppError, notFound } from '@dealwire/errors'

/** What a caller may set. */
export type DealFields = Pick<
  Deal,
  | 'title'
  | 'value'
  | 'currency'
  | 'priority'
  | 'leadSource'
  | 'probability'
  | 'expectedCloseDate'
  | 'notes'
  | 'contactId'
  | 'customerId'
  | 'assignedToId'
  | 'lostReason'
  | 'tags'
  | 'customFields'
>

/** Where a deal is to go. Null stands for the default pipeline, and for the first open stage of the pipeline. */
export type Destination = { readonly pipelineId: string | null; readonly stage: string | null }

/** Reported by `deal.updated`; stage and assignee have events of their own. */
export const DETAIL_FIELDS = [
  'title',
  'value',
  'currency',
  'baseValue',
  'baseCurrency',
  'priority',
  'leadSource',
  'probability',
  'expectedCloseDate',
  'notes',
  'contactId',
  'customerId',
  'lostReason',
  'tags',
  'customFields',
] as const
export const STAGE_FIELDS = ['pipelineId', 'stage', 'stageKind'] as const
export const ASSIGNEE_FIELDS = ['assignedToId'] as const

/** A submitted deal waits for approval as it is. */
export function ensureUnlocked(deal: Pick<Deal, 'id' | 'approvalStatus'>): void {
  if (deal.approvalStatus !== 'SUBMITTED') return
  throw new AppError(
    'conflict',
    'deal_locked',
    `The deal '${deal.id}' is submitted for approval; approve, unlock or cancel it first.`,
  )
}

const REFERENCES = { contactId: 'contact', customerId: 'customer', assignedToId: 'user' } as const

/**
 * Compares a deal as it was stored with what was asked for: a reference to something that is not there is stored as null,
 * and a lost deal must say why. Throws before the transaction commits, so nothing of it stays.
 */
export function ensureComplete(asked: DealFields, stored: Deal): void {
  for (const [field, what] of Object.entries(REFERENCES) as [keyof typeof REFERENCES, string][]) {
    const id = asked[field]
    if (id !== null && stored[field] !== id) throw notFound(what, id)
  }
  if (stored.stageKind !== 'LOST' || stored.lostReason !== null) return
  throw new AppError(
    'conflict',
    'lost_reason_required',
    `The stage '${stored.stage}' closes the deal as lost; say why in 'lostReason'.`,
  )
}

/** What a change of stage kind means. */
export function outcomeOf(before: Deal['stageKind'], after: Deal['stageKind']): 'won' | 'lost' | 'reopened' | 'none' {
  if (before === after) return 'none'
  if (after === 'OPEN') return 'reopened'
  return after === 'WON' ? 'won' : 'lost'
}

/** Another pipeline without a stage means its first open stage: stage keys belong to their pipeline. */
export function destination(
  current: { readonly pipelineId: string; readonly stage: string },
  asked: { readonly pipelineId?: string | undefined; readonly stage?: string | undefined },
): { pipelineId: string; stage: string | null } {
  const pipelineId = asked.pipelineId ?? current.pipelineId
  const kept = pipelineId === current.pipelineId ? current.stage : null
  return { pipelineId, stage: asked.stage ?? kept }
}
