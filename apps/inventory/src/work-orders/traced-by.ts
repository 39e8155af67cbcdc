import type { Author } from '@dealwire/contracts'

/**
 * Who acts, in the name of the deal that the order was drafted for: its correlation id leads from the won deal to what was consumed,
 * and so to the margin. The request that acts is then the cause.
 */
export function tracedBy<A extends Author>(actor: A, order: { readonly correlationId: string | null }): A {
  if (order.correlationId === null) return actor
  return { ...actor, requestId: order.correlationId, causationId: actor.requestId }
}
