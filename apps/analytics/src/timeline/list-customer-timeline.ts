import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement } from '@dealwire/db/client'
import { type ListSpec, listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'
import { sameCustomer } from '../directory/same-customer.ts'

const timeline: ListSpec = {
  name: 'customer_timeline',
  from: 'timeline_entries e',
  alias: 'e',
  where: 'e.company_id = $1 AND NOT e.deleted',
  item: `json_build_object('id', e.id, 'kind', e.kind, 'subjectId', e.subject_id, 'occurredAt', iso(e.occurred_at), 'details', e.details)`,
  sorts: { occurredAt: { expression: 'e.occurred_at', type: 'timestamptz' } },
  filters: {
    customerId: 'e.customer_id = $?',
    customerIds: 'e.customer_id = ANY ($?::uuid[])',
    kind: 'e.kind = $?',
    from: 'e.occurred_at >= $?::timestamptz',
    to: 'e.occurred_at < $?::timestamptz',
  },
}

export type TimelineInput = {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly sort: string
  readonly count?: 'exact' | undefined
  readonly kind?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** A page of what happened with a customer. A customer that analytics has not heard of is not found. */
export async function listCustomerTimeline(
  executor: Executor,
  actor: Actor,
  customerId: string,
  input: TimelineInput,
): Promise<string> {
  const { limit, cursor, sort, count, kind, from, to } = input
  const known = await runOne<{ ids: string[] }>(executor, findCustomer, [actor.companyId, customerId])
  if (known === undefined) throw notFound('customer', customerId)
  const { ids } = known
  // One id is read along its index; of several that were merged the page is sorted.
  const who = ids.length === 1 ? { customerId } : { customerIds: ids }
  const page = { limit, cursor, sort, count, filters: { ...who, kind, from, to } }
  return listPage(executor, timeline, actor.companyId, page)
}

const findCustomer = statement(
  'find_timeline_customer',
  `SELECT ${sameCustomer('$2')} AS ids FROM customer_refs WHERE company_id = $1 AND id = $2 AND NOT deleted`,
)
