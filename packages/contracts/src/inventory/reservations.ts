import { z } from 'zod'
import { instant, instantOut, quantity, quantityOut, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { MAX_LINES } from './fields.ts'

export const reservationStatuses = ['OPEN', 'CONSUMED', 'RELEASED', 'EXPIRED'] as const
export type ReservationStatus = (typeof reservationStatuses)[number]

export const reservation = z.strictObject({
  id: z.uuid(),
  status: z.enum(reservationStatuses),
  dealId: z.uuid().nullable(),
  workOrderId: z.uuid().nullable(),
  /** Null: until it is released or consumed. */
  expiresAt: instantOut.nullable(),
  lines: z.array(
    z.strictObject({
      productId: z.uuid(),
      sku: z.string(),
      productName: z.string(),
      locationId: z.uuid(),
      quantity: quantityOut,
      /** Still held. */
      openQuantity: quantityOut,
    }),
  ),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
  createdById: z.uuid().nullable(),
})
export type Reservation = z.output<typeof reservation>

export const listReservationsRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/reservations',
  service: 'inventory',
  permission: 'inventory:read',
  summary: 'List reservations.',
  query: pageQuery({
    sorts: ['createdAt'],
    defaultSort: '-createdAt',
    filters: {
      status: z.enum(reservationStatuses).optional(),
      productId: z.uuid().optional(),
      dealId: z.uuid().optional(),
      workOrderId: z.uuid().optional(),
    },
  }),
  responses: { 200: pageOf(reservation) },
})

export const createReservationRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/reservations',
  service: 'inventory',
  permission: 'inventory:reserve',
  description: 'An expired reservation frees its stock within 30 seconds.',
  summary:
    'Hold stock: all lines or none. Lines of one product and location are summed. Once `expiresAt` has passed, the hold ends by itself within 30 s. ' +
    'For a work order it belongs to that order’s products and ends only through it. Short stock is 409 `insufficient_stock`.',
  idempotent: true,
  body: z
    .strictObject({
      lines: z
        .array(z.strictObject({ productId: z.uuid(), locationId: z.uuid().nullish(), quantity }))
        .min(1)
        .max(MAX_LINES),
      dealId: z.uuid().nullish(),
      workOrderId: z.uuid().nullish(),
      expiresAt: instant.nullish(),
    })
    .refine((body) => (body.workOrderId ?? null) === null || (body.expiresAt ?? null) === null, {
      path: ['expiresAt'],
      message: 'is not for a work order: what it holds ends with it',
    })
    .meta({ example: { lines: [{ productId: '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9e', quantity: 1 }] } }),
  errors: ['insufficient_stock', 'invalid_state', 'too_many_products'],
  responses: { 201: reservation, 404: problem, 409: problem, 422: problem },
})

export const getReservationRoute = defineRoute({
  method: 'GET',
  path: '/v1/inventory/reservations/:id',
  service: 'inventory',
  permission: 'inventory:read',
  summary: 'Get one reservation.',
  responses: { 200: reservation, 404: problem },
})

export const releaseReservationRoute = defineRoute({
  method: 'POST',
  path: '/v1/inventory/reservations/:id/release',
  service: 'inventory',
  permission: 'inventory:reserve',
  summary:
    'Release what is still held. One that is not open, or that belongs to a work order, is 409 `invalid_state`: the order releases it.',
  idempotent: true,
  errors: ['invalid_state'],
  responses: { 200: reservation, 404: problem, 409: problem, 412: problem, 422: problem },
})
