import type { ProblemType } from './problem-type.ts'

/** What the rules of the sales side refuse. */
export const dealProblems = {
  lost_reason_required: {
    status: 409,
    title: 'Lost reason required',
    cause: 'A deal moves to a LOST stage and has no reason.',
    fix: 'Send `lostReason` with the stage.',
  },
  deal_locked: {
    status: 409,
    title: 'Deal locked',
    cause: 'The deal waits for approval.',
    fix: 'Approve, unlock or cancel the request first.',
  },
  stage_in_use: {
    status: 409,
    title: 'Stage in use',
    cause: 'A stage that would be removed, or become one of another kind, has deals.',
    fix: 'Name a stage for them in `moveTo`, or move them first; `errors[]` names the stages.',
  },
  currency_rate_exists: {
    status: 409,
    title: 'Rate exists',
    cause: 'The currency already has a rate from that day on.',
    fix: 'Change that rate, or take another day.',
  },
  currency_is_base: {
    status: 409,
    title: 'Own currency',
    cause: 'The currency is the company’s own, whose rate is always 1.',
    fix: 'Add rates for other currencies only.',
  },
  currency_rate_missing: {
    status: 409,
    title: 'Currency rate missing',
    cause: 'An amount is in another currency than the company’s, and no rate between the two is known.',
    fix: 'Use the company’s currency, or give the amount in it where `detail` says so.',
  },
  merge_into_itself: {
    status: 409,
    title: 'Merge into itself',
    cause: 'The two are one and the same, or the one to merge into was merged into this one before.',
    fix: 'Name another one in `intoId`.',
  },
  merge_too_large: {
    status: 409,
    title: 'Merge too large',
    cause: 'More refers to the one that is merged than can be moved at once.',
    fix: 'Merge the other way round, or move some of it first.',
  },
  too_many_custom_fields: {
    status: 409,
    title: 'Too many custom fields',
    cause: 'The entity has as many custom fields as it can have.',
    fix: 'Delete one that is no longer needed.',
  },
  too_many_line_items: {
    status: 409,
    title: 'Too many line items',
    cause: 'The deal has as many line items as a deal can have.',
    fix: 'Delete some, or sum several up in one.',
  },
} as const satisfies Readonly<Record<string, ProblemType>>
