import {
  type Actor,
  type CallStatus,
  type listCallsRoute,
  type listLiveCallsRoute,
  liveCallStatus,
  type QueryOf,
} from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { listPage } from '@dealwire/db/page'
import { callLists } from './calls.repository.ts'
import { parsePhoneNumber } from './phone-number.ts'

type Query = QueryOf<typeof listCallsRoute>
type LiveQuery = QueryOf<typeof listLiveCallsRoute>

/** A page of calls as finished JSON. */
export async function listCalls(executor: Executor, actor: Actor, { from, to, ...query }: Query): Promise<string> {
  const { timeZone } = actor.company
  const window = { from: instantEdge(from, 'from', timeZone), to: instantEdge(to, 'to', timeZone) }
  return listPage(executor, callLists.all, actor.companyId, pageOf(actor, query, window))
}

export async function listLiveCalls(executor: Executor, actor: Actor, query: LiveQuery): Promise<string> {
  return listPage(executor, callLists.live, actor.companyId, pageOf(actor, query, {}))
}

type Window = { readonly from?: string | undefined; readonly to?: string | undefined }

function pageOf(actor: Actor, query: Omit<Query, 'from' | 'to'>, window: Window) {
  const { limit, cursor, count, sort, status, agentId, phone, ...filters } = query
  const page = { limit, cursor, count, sort }
  const agent = agentId === 'me' ? actor.userId : agentId
  return {
    ...page,
    filters: {
      ...filters,
      ...statusFilter(status),
      agentId: agent,
      ...phoneFilter(phone, actor.company.defaultRegion),
      ...window,
    },
  }
}

/** Live calls are few; only ended ones have their status in an index. */
function statusFilter(status: CallStatus | undefined) {
  if (status === undefined) return {}
  return liveCallStatus.safeParse(status).success ? { liveStatus: status } : { endedStatus: status }
}

/** However a number is written, it finds the calls with it; what is no subscriber's number is compared as it is. */
function phoneFilter(phone: string | undefined, region: string) {
  if (phone === undefined) return {}
  const { e164 } = parsePhoneNumber(phone, region)
  return e164 === null ? { party: phone } : { e164 }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 86_400_000

/** A time as it is; a day as its start in the company's time zone, or the start of the next where it is the last. Postgres knows the zones. */
function instantEdge(edge: string | undefined, side: 'from' | 'to', timeZone: string): string | undefined {
  if (edge === undefined || !DAY.test(edge)) return edge
  const day = side === 'from' ? edge : new Date(Date.parse(edge) + DAY_MS).toISOString().slice(0, 10)
  return `${day} 00:00 ${timeZone}`
}
