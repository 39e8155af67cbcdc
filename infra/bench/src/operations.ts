import { callEvent, createBody, deductBody, launchDayCall, patchBody, signedEvent } from './bodies.ts'
import type { Call } from './call.ts'
import { ONE_YEAR_COMPANY, QUARTER_COMPANY } from './data/load-calls.ts'
import { type BenchCompany, type Fixture, rowId, spread } from './fixture.ts'
import type { Operation } from './operation.ts'
import { stockOperations } from './stock-operations.ts'

const companyOf = (fixture: Fixture, index: number): BenchCompany => {
  const company = fixture.companies[spread(index, fixture.companies.length)]
  if (company === undefined) throw new Error('The fixture has no companies')
  return company
}

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

export const operations: readonly Operation[] = [
  {
    name: 'empty answer',
    toNothing: true,
    system: (fixture, index) => as(companyOf(fixture, index), { method: 'GET', path: '/v1/deals' }),
    mostCpuMicros: { processes: ['gateway'], micros: 60 },
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
    name: 'webhook, one event',
    connections: 64,
    system: (fixture, index) => signedEvent(companyOf(fixture, index), index),
    limit: (fixture, index) => bare(companyOf(fixture, index), '/webhook', callEvent(index)),
    leastRatio: 1,
  },
  {
    name: 'deduct 5 lines, FIFO',
    system: (fixture, index) => {
      // In turn, not at random: no product runs out before the others.
      const turn = Math.floor(index / fixture.companies.length)
      const company = fixture.companies[index % fixture.companies.length] ?? companyOf(fixture, index)
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
