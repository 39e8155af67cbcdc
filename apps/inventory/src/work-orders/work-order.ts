import { type WorkOrderStatus, workOrderStatuses } from '@dealwire/contracts'
import { AppError } from '@dealwire/errors'

type Order = { readonly number: string; readonly status: WorkOrderStatus }

/** From which statuses each step is possible. */
export const possibleFrom = {
  updated: ['DRAFT', 'SCHEDULED', 'IN_PROGRESS', 'SUBMITTED'],
  assigned: ['DRAFT', 'SCHEDULED', 'IN_PROGRESS'],
  started: ['DRAFT', 'SCHEDULED'],
  planned: ['DRAFT', 'SCHEDULED', 'IN_PROGRESS'],
  used: ['DRAFT', 'SCHEDULED', 'IN_PROGRESS', 'SUBMITTED'],
  equipped: ['DRAFT', 'SCHEDULED', 'IN_PROGRESS', 'SUBMITTED'],
  submitted: ['IN_PROGRESS'],
  approved: ['SUBMITTED', 'IN_PROGRESS'],
  cancelled: ['DRAFT', 'SCHEDULED', 'IN_PROGRESS', 'SUBMITTED'],
  returned: workOrderStatuses,
  deleted: ['DRAFT', 'CANCELLED'],
} as const satisfies Record<string, readonly WorkOrderStatus[]>
export type Step = keyof typeof possibleFrom

export function isPossible(step: Step, status: WorkOrderStatus): boolean {
  return possibleFrom[step].some((one) => one === status)
}

export function ensurePossible(step: Step, order: Order): void {
  if (isPossible(step, order.status)) return
  throw new AppError(
    'conflict',
    'invalid_state',
    `Work order ${order.number} is ${order.status} and cannot be ${step}; that needs ${possibleFrom[step].join(', ')}.`,
  )
}

type Schedule = { readonly scheduledStart: string | null; readonly scheduledEnd: string | null }

export function ensureOrdered({ scheduledStart, scheduledEnd }: Schedule): void {
  if (scheduledEnd === null || (scheduledStart !== null && Date.parse(scheduledEnd) > Date.parse(scheduledStart)))
    return
  throw new AppError('invalid', 'validation_failed', 'A work order ends after it starts.', {
    errors: [
      { path: 'scheduledEnd', message: `must be after scheduledStart, which is ${scheduledStart ?? 'not set'}` },
    ],
  })
}

/** A draft that has people and a time is scheduled. */
export function statusAfterAssign(
  order: Order & Schedule & { readonly assigneeIds: readonly string[] },
): WorkOrderStatus {
  return order.status === 'DRAFT' && order.scheduledStart !== null ? 'SCHEDULED' : order.status
}
