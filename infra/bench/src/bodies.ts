import { createHmac } from 'node:crypto'
import type { Call } from './call.ts'
import { type BenchCompany, type Fixture, rowId, spread } from './fixture.ts'

export const PRODUCTS_PER_COMPANY = 100
/** Small, so that a line takes several of them. */
export const BATCH_QUANTITY = 1
const DEDUCTED_BATCHES = 3
const STAGES = ['LEAD', 'QUALIFIED', 'NEGOTIATION'] as const
const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'URGENT'] as const

export function createBody(index: number): string {
  return JSON.stringify({
    title: `Heating for house ${index}`,
    value: `${1_000 + spread(index, 90_000)}.00`,
    stage: STAGES[index % STAGES.length],
    priority: PRIORITIES[index % PRIORITIES.length],
    leadSource: 'WEB',
    notes: 'Called twice, wants an offer before the end of the month.',
  })
}

/** The value differs from call to call: a patch that changes nothing writes nothing. */
export function patchBody(index: number): string {
  return JSON.stringify({ value: `${1_000 + (index % 900_000)}.50`, priority: PRIORITIES[index % PRIORITIES.length] })
}

/** A hundred neighbours of a company, each of which changes. */
export function bulkBody(ids: readonly string[], index: number): string {
  return JSON.stringify({ ids, changes: { priority: PRIORITIES[index % PRIORITIES.length] } })
}

const CALL_EVENT_TYPES = ['call.started', 'call.ringing', 'call.answered', 'call.ended'] as const
export const EVENTS_PER_CALL = CALL_EVENT_TYPES.length

/** One canonical event; four in a row tell one call. */
export function callEventItem(index: number, at: number) {
  const call = Math.floor(index / EVENTS_PER_CALL)
  return {
    eventId: `bench-${index}`,
    callId: `bench-call-${call}`,
    type: CALL_EVENT_TYPES[index % EVENTS_PER_CALL],
    occurredAt: new Date(at).toISOString(),
    sequence: index % EVENTS_PER_CALL,
    direction: 'INBOUND',
    from: `+99555${String(1_000_000 + spread(call, 9_000_000)).slice(0, 7)}`,
    to: '+995322000000',
    queue: 'sales',
  }
}

export function callEvent(index: number): string {
  return JSON.stringify({ events: [callEventItem(index, Date.now())] })
}

const BATCH_EVENTS = 100
const BATCH_AGAIN = 20

/** A batch of events, the first fifth of which the batch before it had too. */
export function callEventBatch(turn: number): string {
  const first = turn * (BATCH_EVENTS - BATCH_AGAIN)
  const now = Date.now()
  return JSON.stringify({ events: Array.from({ length: BATCH_EVENTS }, (_, n) => callEventItem(first + n, now)) })
}

/** Signed as the Standard Webhooks specification says. */
export function signedEvent({ connection }: BenchCompany, index: number, body = callEvent(index)): Call {
  if (connection === null) throw new Error('The fixture has no connection')
  const id = `msg_${index}`
  const timestamp = String(Math.floor(Date.now() / 1000))
  const key = Buffer.from(connection.secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    method: 'POST',
    path: connection.path,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  }
}

/** Five lines, each of three whole batches. */
export function deductBody(company: BenchCompany, turn: number): string {
  const first = (turn * 5) % company.productIds.length
  const quantity = DEDUCTED_BATCHES * BATCH_QUANTITY
  const lines = company.productIds.slice(first, first + 5).map((productId) => ({ productId, quantity }))
  return JSON.stringify({ lines })
}

/** 50 % filtered list, 20 % statistics, 15 % get, 10 % update, 5 % create. */
export function launchDayCall(fixture: Fixture, company: BenchCompany, index: number): Call {
  const deal = rowId('deal', company.number, spread(index, fixture.dealsPerCompany))
  const headers = { authorization: `Bearer ${company.accessToken}`, 'content-type': 'application/json' }
  const turn = index % 20
  if (turn < 10) return { method: 'GET', path: `/v1/deals?stage=${STAGES[index % STAGES.length]}&sort=-value`, headers }
  if (turn < 14) return { method: 'GET', path: '/v1/deals/stats/pipeline', headers }
  if (turn < 17) return { method: 'GET', path: `/v1/deals/${deal}`, headers }
  if (turn < 19) return { method: 'PATCH', path: `/v1/deals/${deal}`, headers, body: patchBody(index) }
  return { method: 'POST', path: '/v1/deals', headers, body: createBody(index) }
}
