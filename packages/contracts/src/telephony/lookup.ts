import { z } from 'zod'
import { instantOut, text } from '../core/fields.ts'
import { defineRoute } from '../core/route.ts'
import { callDirection, callStatus } from './call-events.ts'

const person = z.strictObject({
  kind: z.enum(['contact', 'customer']),
  id: z.uuid(),
  name: z.string(),
  customerId: z.uuid().nullable(),
  phone: z.string(),
  /** `exact`: the whole number. `suffix`: its last digits, where one side lacks the country code. */
  match: z.enum(['exact', 'suffix']),
})

const business = z.looseObject({ id: z.uuid(), title: z.string().nullable(), status: z.string().nullable() })

export const lookupAnswer = z.strictObject({
  /** E.164, or null for what is no subscriber's number: such a number is nobody's. */
  phone: z.string().nullable(),
  contact: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  customer: z.strictObject({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  /** Everybody with the number, the likeliest first. */
  candidates: z.array(person),
  openDeals: z.array(business),
  openWorkOrders: z.array(business),
  lastCalls: z.array(
    z.strictObject({
      id: z.uuid(),
      direction: callDirection,
      status: callStatus,
      startedAt: instantOut,
      talkSeconds: z.number(),
      agentName: z.string().nullable(),
    }),
  ),
})

export const lookupRoute = defineRoute({
  method: 'GET',
  path: '/v1/telephony/lookup',
  service: 'telephony-ingest',
  permission: 'telephony:read',
  summary: 'Who calls, and what is open with them: contact, customer, open deals and work orders, the last five calls.',
  query: z.strictObject({ phone: text(100) }),
  responses: { 200: lookupAnswer },
})
