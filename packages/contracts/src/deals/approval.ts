import type { Permission } from '../core/permissions.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { deal } from './deals.ts'

export const approvalSteps = ['submit', 'approve', 'unlock', 'cancel'] as const
export type ApprovalStep = (typeof approvalSteps)[number]

const spec = <const Step extends ApprovalStep, const P extends Permission>(
  step: Step,
  permission: P,
  summary: string,
) => ({
  method: 'POST' as const,
  path: `/v1/deals/:id/${step}` as const,
  service: 'deals' as const,
  permission,
  summary,
  idempotent: true as const,
  responses: { 200: deal, 403: problem, 404: problem, 409: problem, 412: problem, 422: problem },
})

export const submitDealRoute = defineRoute(
  spec('submit', 'deal:update', 'Submit a deal for approval: it is locked until approved, unlocked or cancelled.'),
)
export const approveDealRoute = defineRoute(spec('approve', 'deal:approve', 'Approve a submitted deal.'))
export const unlockDealRoute = defineRoute(
  spec('unlock', 'deal:approve', 'Take a submitted or approved deal back to work.'),
)
export const cancelDealRoute = defineRoute(spec('cancel', 'deal:update', 'Withdraw the request for approval.'))
