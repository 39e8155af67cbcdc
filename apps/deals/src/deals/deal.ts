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
> & {
  /** Null: the company's default pipeline. */
  readonly pipelineId: string | null
  /** Null: the first open stage of the pipeline. */
  readonly stage: string | null
}

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
] as const
export const STAGE_FIELDS = ['pipelineId', 'stage', 'stageKind'] as const
export const ASSIGNEE_FIELDS = ['assignedToId'] as const

/** Why a deal cannot be stored as asked; decided by the statement that would have stored it. */
export type DealRefusal = 'pipeline' | 'stage' | 'contact' | 'customer' | 'assignee' | 'lost_reason' | 'rate'

export function refused(refusal: DealRefusal, fields: DealFields, baseCurrency: string): AppError {
  switch (refusal) {
    case 'pipeline':
      return notFound('pipeline', fields.pipelineId ?? 'default')
    case 'stage':
      return new AppError('not_found', 'not_found', `The pipeline has no stage '${fields.stage ?? 'of kind OPEN'}'.`)
    case 'contact':
      return notFound('contact', fields.contactId ?? '')
    case 'customer':
      return notFound('customer', fields.customerId ?? '')
    case 'assignee':
      return notFound('user', fields.assignedToId ?? '')
    case 'lost_reason':
      return new AppError(
        'conflict',
        'lost_reason_required',
        `The stage '${fields.stage}' closes the deal as lost; say why in 'lostReason'.`,
      )
    case 'rate':
      return new AppError(
        'conflict',
        'currency_rate_missing',
        `There is no rate from ${fields.currency} to ${baseCurrency}; add one under /v1/currency-rates.`,
      )
  }
}

/** A submitted deal waits for approval as it is. */
export function ensureUnlocked(deal: Pick<Deal, 'id' | 'approvalStatus'>): void {
  if (deal.approvalStatus !== 'SUBMITTED') return
  throw new AppError(
    'conflict',
    'deal_locked',
    `The deal '${deal.id}' is submitted for approval; approve, unlock or cancel it first.`,
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
  current: { pipelineId: string; stage: string },
  asked: { pipelineId?: string | undefined; stage?: string | undefined },
) {
  const pipelineId = asked.pipelineId ?? current.pipelineId
  const kept = pipelineId === current.pipelineId ? current.stage : null
  return { pipelineId, stage: asked.stage ?? kept }
}
