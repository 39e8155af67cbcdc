import { z } from 'zod'
import { instantOut, uuid } from '../core/fields.ts'
import { isOrdered, pageOf, pageQuery, windowEdge } from '../core/page.ts'
import { defineRoute } from '../core/route.ts'

const fieldValues = z.record(z.string(), z.unknown())

export const auditEntry = z.strictObject({
  id: uuid,
  occurredAt: instantOut,
  service: z.string(),
  /** `deal`, `work-order`, `user` … */
  entity: z.string(),
  entityId: z.string(),
  /** `created`, `updated`, `stage-changed` … */
  action: z.string(),
  /** Null: the system itself, a webhook, or what followed from another event. */
  actorId: uuid.nullable(),
  actorName: z.string().nullable(),
  /** The request that caused it: the same in answers, logs and events. */
  requestId: z.string(),
  before: fieldValues.nullable(),
  after: fieldValues.nullable(),
})

const name = z.string().regex(/^[a-z][a-z-]{0,49}$/, 'must be a name such as "work-order"')

export const listAuditLogRoute = defineRoute({
  method: 'GET',
  path: '/v1/audit-log',
  service: 'gateway',
  permission: 'audit:read',
  summary: 'Every create, update, delete and security event of all services',
  description:
    'Security events are those of `entity=session`: `created` (a sign-in), `refused` (a failed attempt at an account; `entityId` is the user), `revoked` (signed out, or ended because of a reused refresh token, a new password or a deactivation), each with address and user agent where there is one.',
  query: pageQuery({
    sorts: ['occurredAt'],
    defaultSort: '-occurredAt',
    filters: {
      actorId: uuid.optional(),
      entity: name.optional(),
      entityId: z
        .string()
        .min(1)
        .max(100)
        .regex(/^[\x20-\x7e]+$/)
        .optional(),
      action: name.optional(),
      from: windowEdge.optional(),
      to: windowEdge.optional(),
    },
  }).refine(({ from, to }) => isOrdered(from, to), { path: ['from'], message: 'must not be after to' }),
  responses: { 200: pageOf(auditEntry) },
})
