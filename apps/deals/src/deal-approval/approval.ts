import type { ApprovalStep, Deal } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'

type Status = Deal['approvalStatus']

const steps: Readonly<Record<ApprovalStep, { readonly from: readonly Status[]; readonly to: Status }>> = {
  submit: { from: ['NONE', 'CANCELLED'], to: 'SUBMITTED' },
  approve: { from: ['SUBMITTED'], to: 'APPROVED' },
  unlock: { from: ['SUBMITTED', 'APPROVED'], to: 'NONE' },
  cancel: { from: ['SUBMITTED'], to: 'CANCELLED' },
}

/** Where a step leads; 409 when it cannot be taken from where the deal is. */
export function afterStep(step: ApprovalStep, current: Status): Status {
  const { from, to } = steps[step]
  if (from.includes(current)) return to
  throw new AppError(
    'conflict',
    'invalid_state',
    `'${step}' is for deals whose approval is ${from.join(' or ')}; this one’s is ${current}.`,
  )
}
