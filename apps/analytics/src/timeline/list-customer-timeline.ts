import type { Actor } from '@dealwire/contracts'
import { type Executor, runOne, statement } from '@dealwire/db/client'
import { type ListSpec, listPage } from '@dealwire/db/page'
import { notFound } from '@dealwire/errors'

const timeline: ListSpec = {
  name: 'customer_timeline',
  from: 'timeline_entries e',
  alias: 'e',
  where: 'e.company_id = $1 AND NOT e.deleted',
  item: `json_build_object('id', e.id, 'kind', e.kind, 'subjectId', e.subject_id, 'occurredAt', iso(e.occurred_at), 'details', e.details)`,
  sorts: { occurredAt: { expression: 'e.occurred_at', type: 'timestamptz' } },
  filters: {
    customerId: 'e.customer_id = $?',
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
  const [known, page] = await Promise.all([
    runOne(executor, findCustomer, [actor.companyId, customerId]),
    listPage(executor, timeline, actor.companyId, {
      limit,
      cursor,
      sort,
      count,
      filters: { customerId, kind, from, to },
    }),
  ])
  if (known === undefined) throw notFound('customer', customerId)
  return page
}

const findCustomer = statement(
  'find_timeline_customer',
  'SELECT 1 FROM customer_refs WHERE company_id = $1 AND id = $2 AND NOT deleted',
)
