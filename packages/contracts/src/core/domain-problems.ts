import type { ProblemType } from './problem-type.ts'

/** What the rules of the business refuse; a route lists its own as `errors`. */
export const domainProblems = {
  invalid_credentials: {
    status: 401,
    title: 'Invalid credentials',
    cause: 'No active user has this email and password.',
    fix: 'Check both; an administrator can set a new password or activate the user.',
  },
  invalid_refresh_token: {
    status: 401,
    title: 'Invalid refresh token',
    cause: 'The refresh token is not known, has expired, or its session has ended.',
    fix: 'Sign in again.',
  },
  refresh_reused: {
    status: 401,
    title: 'Refresh token reused',
    cause:
      'The refresh token was exchanged before, more than ten seconds ago. Somebody may have copied it, so its session has ended.',
    fix: 'Sign in again, and always keep the newest refresh token.',
  },
  signup_closed: {
    status: 403,
    title: 'Registration closed',
    cause: 'This installation does not let anyone register a company.',
    fix: 'Ask the operator for an account; operators open registration with SIGNUP=open.',
  },
  email_taken: {
    status: 409,
    title: 'Email taken',
    cause: 'The email already belongs to a user.',
    fix: 'Sign in with it, or take another.',
  },
  last_admin: {
    status: 409,
    title: 'Last administrator',
    cause: 'The change would leave the company without an active administrator.',
    fix: 'Make another active user ADMIN first.',
  },
  duplicate: {
    status: 409,
    title: 'Duplicate',
    cause: 'An entity with the same email, phone, key or name exists; `duplicateOfId` is its id where one is known.',
    fix: 'Use the existing one; customers and contacts take `?allowDuplicate=true` to keep both.',
  },
  duplicate_key: {
    status: 409,
    title: 'Duplicate key',
    cause: 'Another entity of the company has this key.',
    fix: 'Choose another key.',
  },
  duplicate_sku: {
    status: 409,
    title: 'Duplicate SKU',
    cause: 'Another product of the company has this SKU.',
    fix: 'Choose another SKU, or change the existing product.',
  },
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
  currency_rate_missing: {
    status: 409,
    title: 'Currency rate missing',
    cause: 'An amount is in another currency than the company’s, and no rate between the two is known.',
    fix: 'Use the company’s currency, or give the amount in it where `detail` says so.',
  },
  invalid_state: {
    status: 409,
    title: 'Invalid state',
    cause: 'The entity’s status does not allow this step.',
    fix: 'Read the entity; `detail` says which statuses the step starts from.',
  },
  over_receipt: {
    status: 409,
    title: 'Over-receipt',
    cause: 'More would be received than was ordered and is still open.',
    fix: 'Receive at most the open quantity that `errors` names, or order the rest.',
  },
  insufficient_stock: {
    status: 409,
    title: 'Insufficient stock',
    cause: 'Less is available (on hand less reserved) than was asked for. Nothing was taken.',
    fix: 'Read `errors`: each short product with its location, what was requested and what is available.',
  },
  below_received: {
    status: 409,
    title: 'Below received',
    cause: 'The purchase order would ask for less than has come, or for another product than has come.',
    fix: 'Read `errors`: each item with what was received; ask for at least that.',
  },
  over_return: {
    status: 409,
    title: 'Over return',
    cause: 'More would come back than the work order used and has not returned.',
    fix: 'Return at most the quantity that `errors` names per product.',
  },
  nested_work_order: {
    status: 409,
    title: 'Nested work order',
    cause: 'A part of a work order has no parts of its own, and no order is a part of itself.',
    fix: 'Make it a part of the topmost order.',
  },
  open_parts: {
    status: 409,
    title: 'Open parts',
    cause: 'Parts of the work order are neither approved nor cancelled.',
    fix: 'Approve or cancel the parts first.',
  },
  too_many_products: {
    status: 409,
    title: 'Too many products',
    cause: 'The work order or stocktake would have more products than one holds.',
    fix: 'Split it: name fewer products and make another.',
  },
  bulk_rejected: {
    status: 409,
    title: 'Bulk rejected',
    cause: 'An item of an atomic bulk request could not be changed, so none was.',
    fix: 'Read `results`: leave out what failed, or send the request without `atomic`.',
  },
  default_location: {
    status: 409,
    title: 'Default location',
    cause: 'The company’s default location cannot be deleted: stock without a location goes there.',
    fix: 'Make another location the default first.',
  },
  location_has_stock: {
    status: 409,
    title: 'Location has stock',
    cause: 'Stock lies at the location.',
    fix: 'Move or consume it first.',
  },
  product_has_stock: {
    status: 409,
    title: 'Product has stock',
    cause: 'Stock of the product is on hand.',
    fix: 'Consume or adjust it to nothing first, or set the product inactive.',
  },
  connection_disabled: {
    status: 409,
    title: 'Connection disabled',
    cause: 'The telephony connection was disabled, so it takes no events.',
    fix: 'Enable it, or post to another connection.',
  },
  dead_letter_resolved: {
    status: 409,
    title: 'Dead letter resolved',
    cause: 'The dead letter was retried before and went through.',
    fix: 'Nothing is left to do.',
  },
  sign_in_busy: {
    status: 503,
    title: 'Sign-in busy',
    cause: 'Too many passwords are being checked at once.',
    fix: 'Try again after Retry-After.',
  },
} as const satisfies Readonly<Record<string, ProblemType>>
