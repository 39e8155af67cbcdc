import {
  bulkBody,
  callEvent,
  callEventBatch,
  createBody,
  deductBody,
  launchDayCall,
  patchBody,
  signedEvent,
} from './bodies.ts'
import type { Call } from './call.ts'
import { ONE_YEAR_COMPANY, QUARTER_COMPANY } from './data/load-calls.ts'
import { type BenchCompany, type Fixture, rowId, spread } from './fixture.ts'
import { sortExpressions } from './limit/statements.ts'
import type { Operation } from './operation.ts'
import { stockOperations } from './stock-operations.ts'

const companyOf = (fixture: Fixture, index: number): BenchCompany => {
  const company = fixture.companies[spread(index, fixture.companies.length)]
  if (company === undefined) throw new Error('The fixture has no companies')
  return company
}

/** In turn, not at random: no product runs out before the others, and a batch follows the one that it repeats. */
const turnOf = (fixture: Fixture, index: number) => ({
  company: fixture.companies[index % fixture.companies.length] ?? companyOf(fixture, index),
  turn: Math.floor(index / fixture.companies.length),
})

const dealOf = (fixture: Fixture, company: BenchCompany, index: number) =>
  rowId('deal', company.number, spread(index, fixture.dealsPerCompany))

function as(company: BenchCompany, call: Omit<Call, 'headers'>): Call {
  const authorization = `Bearer ${company.accessToken}`
  return {
    ...call,
    headers: call.body === undefined ? { authorization } : { authorization, 'content-type': 'application/json' },
  }
}

const bare = (company: BenchCompany, path: string, body?: string): Call => ({
  method: 'POST',
  path: `${path}${path.includes('?') ? '&' : '?'}company=${company.id}&user=${company.userId}`,
  ...(body === undefined ? {} : { body }),
})

/** Seldom the same question twice while an answer is kept: some hundred windows and filters, in turn. */
function callOverview(fixture: Fixture, place: number, index: number, days: number): Call {
  const company = fixture.companies[place] ?? companyOf(fixture, index)
  const from = new Date(Date.now() - (days + (index % 29)) * 86_400_000).toISOString().slice(0, 10)
  const to = new Date(Date.now()).toISOString().slice(0, 10)
  const queue = ['', '&queue=sales', '&queue=support'][Math.floor(index / 29) % 3]
  const direction = ['', '&direction=INBOUND', '&direction=OUTBOUND'][Math.floor(index / 87) % 3]
  const formula = ['excluding_short_abandoned', 'all_offered', 'answered_only'][Math.floor(index / 261) % 3]
  const path = `/v1/telephony/stats/overview?from=${from}&to=${to}${queue}${direction}&formula=${formula}`
  return as(company, { method: 'GET', path })
}

const listOf = (name: string, query: string, limitPath: string): Operation => ({
  name,
  system: (fixture, index) => as(companyOf(fixture, index), { method: 'GET', path: `/v1/deals?${query}` }),
  limit: (fixture, index) => bare(companyOf(fixture, index), limitPath),
  leastRatio: 0.5,
})

const sortedLists = Object.keys(sortExpressions).map((sort) =>
  listOf(`list 20 deals by ${sort}`, `sort=-${sort}`, `/list-${sort}`),
)

/** Two words: one of every deal, and the number of one. */
const searched = (fixture: Fixture, index: number) => `heating ${spread(index, fixture.dealsPerCompany)}`

const BULK = 100

const bulkIds = (fixture: Fixture, company: BenchCompany, index: number) => {
  const blocks = Math.floor(fixture.dealsPerCompany / BULK)
  const first = spread(Math.floor(index / fixture.companies.length), blocks) * BULK
  return Array.from({ length: BULK }, (_, offset) => rowId('deal', company.number, first + offset))
}

export const operations: readonly Operation[] = [
  {
    name: 'empty answer',
    toNothing: true,
    system: (fixture, index) => as(companyOf(fixture, index), { method: 'GET', path: '/v1/deals' }),
    mostCpuMicros: { processes: ['gateway'], micros: 60 },
  },
  {
    name: 'CSV of 10,000 deals',
    system: (fixture, index) => as(companyOf(fixture, index), { method: 'GET', path: '/v1/deals/export/csv' }),
    connections: 2,
  },
  {
    name: 'list 20 deals, page 1',
    system: (fixture, index) => as(companyOf(fixture, index), { method: 'GET', path: '/v1/deals' }),
    limit: (fixture, index) => bare(companyOf(fixture, index), '/list'),
    leastRatio: 0.5,
  },
  {
    name: 'list 20 deals, page 200',
    system: (fixture, index) => {
      const company = companyOf(fixture, index)
      return as(company, { method: 'GET', path: `/v1/deals?cursor=${company.deepCursor}` })
    },
    limit: (fixture, index) => {
      const company = companyOf(fixture, index)
      return bare(company, `/list-after?deal=${company.deepDealId}`)
    },
    leastRatio: 0.5,
  },
  ...sortedLists,
  listOf('list 20 deals of a stage by value', 'stage=NEGOTIATION&sort=-value', '/list-stage'),
  {
    name: 'search two words',
    system: (fixture, index) =>
      as(companyOf(fixture, index), {
        method: 'GET',
        path: `/v1/deals?q=${encodeURIComponent(searched(fixture, index))}`,
      }),
    limit: (fixture, index) =>
      bare(companyOf(fixture, index), `/search?q=${encodeURIComponent(searched(fixture, index))}`),
  },
  {
    name: 'pipeline statistics, cached',
    system: (fixture, index) => as(companyOf(fixture, index), { method: 'GET', path: '/v1/deals/stats/pipeline' }),
    limit: (fixture, index) => bare(companyOf(fixture, index), '/statistics'),
  },
  {
    // Each change drops what was cached, so every second call computes.
    name: 'pipeline statistics after each change',
    system: (fixture, index) => {
      const company = companyOf(fixture, Math.floor(index / 2))
      if (index % 2 === 1) return as(company, { method: 'GET', path: '/v1/deals/stats/pipeline' })
      const path = `/v1/deals/${dealOf(fixture, company, index)}`
      return as(company, { method: 'PATCH', path, body: patchBody(index) })
    },
  },
  {
    name: 'board',
    system: (fixture, index) => as(companyOf(fixture, index), { method: 'GET', path: '/v1/deals/board' }),
  },
  {
    name: 'get a deal',
    system: (fixture, index) => {
      const company = companyOf(fixture, index)
      return as(company, { method: 'GET', path: `/v1/deals/${dealOf(fixture, company, index)}` })
    },
    limit: (fixture, index) => {
      const company = companyOf(fixture, index)
      return bare(company, `/get?deal=${dealOf(fixture, company, index)}`)
    },
    leastRatio: 0.5,
  },
  {
    name: 'create a deal',
    system: (fixture, index) =>
      as(companyOf(fixture, index), { method: 'POST', path: '/v1/deals', body: createBody(index) }),
    limit: (fixture, index) => bare(companyOf(fixture, index), '/create', createBody(index)),
    leastRatio: 0.5,
  },
  {
    name: 'patch a deal',
    system: (fixture, index) => {
      const company = companyOf(fixture, index)
      return as(company, {
        method: 'PATCH',
        path: `/v1/deals/${dealOf(fixture, company, index)}`,
        body: patchBody(index),
      })
    },
    limit: (fixture, index) => {
      const company = companyOf(fixture, index)
      return bare(company, `/patch?deal=${dealOf(fixture, company, index)}`, patchBody(index))
    },
    leastRatio: 0.5,
  },
  {
    name: 'bulk change of 100 deals',
    connections: 4,
    system: (fixture, index) => {
      const company = companyOf(fixture, index)
      const body = bulkBody(bulkIds(fixture, company, index), Math.floor(index / 7))
      return as(company, { method: 'POST', path: '/v1/deals/bulk/update', body })
    },
  },
  {
    name: 'webhook, one event',
    connections: 64,
    system: (fixture, index) => signedEvent(companyOf(fixture, index), index),
    limit: (fixture, index) => bare(companyOf(fixture, index), '/webhook', callEvent(index)),
    leastTimesUnshared: 4,
  },
  {
    name: 'call events, batch of 100',
    system: (fixture, index) => {
      const { company, turn } = turnOf(fixture, index)
      return as(company, { method: 'POST', path: '/v1/telephony/events', body: callEventBatch(turn) })
    },
    limit: (fixture, index) => {
      const { company, turn } = turnOf(fixture, index)
      return bare(company, '/webhook-batch', callEventBatch(turn))
    },
    leastRatio: 0.3,
  },
  {
    name: 'deduct 5 lines, FIFO',
    system: (fixture, index) => {
      const { company, turn } = turnOf(fixture, index)
      return as(company, { method: 'POST', path: '/v1/inventory/deductions', body: deductBody(company, turn) })
    },
  },
  ...stockOperations,
  {
    name: 'call overview, 200,000 calls of 90 days',
    connections: 4,
    system: (fixture, index) => callOverview(fixture, QUARTER_COMPANY, index, 60),
    mostP95Ms: 50,
  },
  {
    name: 'call overview, 1,000,000 calls of a year',
    connections: 4,
    system: (fixture, index) => callOverview(fixture, ONE_YEAR_COMPANY, index, 335),
    mostP95Ms: 50,
  },
  {
    name: 'launch day, mixed',
    connections: 300,
    system: (fixture, index) => launchDayCall(fixture, companyOf(fixture, index), index),
  },
]

export function operationNamed(name: string): Operation {
  const found = operations.find((operation) => operation.name === name)
  if (found === undefined)
    throw new Error(`There is no operation '${name}'. There are: ${operations.map((one) => one.name).join(', ')}`)
  return found
}
