import { z } from 'zod'
import { instantOut } from '../core/fields.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { count } from './figures.ts'

const side = z.strictObject({ rows: count, checksum: z.string() })

export const rebuild = z.strictObject({
  id: z.uuid(),
  status: z.enum(['queued', 'running', 'done', 'failed']),
  dryRun: z.boolean(),
  /** Events that were read from the logs. */
  events: count.nullable(),
  /** Rows that were made of them. */
  rows: count.nullable(),
  /** Tables and months in which the figures were not what the logs say; at most 200 of them. */
  differences: z.array(z.strictObject({ table: z.string(), month: z.string(), live: side, rebuilt: side })).nullable(),
  /** Whether the rebuilt figures are the ones that are shown. */
  swapped: z.boolean(),
  error: z.string().nullable(),
  createdAt: instantOut,
  startedAt: instantOut.nullable(),
  finishedAt: instantOut.nullable(),
})

const base = { service: 'analytics', permission: 'analytics:manage' } as const

export const startRebuildRoute = defineRoute({
  ...base,
  method: 'POST',
  path: '/v1/analytics/rebuild',
  summary:
    'Make the company’s figures anew from the event logs, compare them with those there are, by table and month, and show the new ones. ' +
    'Figures stay readable and live meanwhile. `dryRun` only compares. Where the logs no longer hold months that the figures have, nothing ' +
    'is changed unless `force`. One at a time (409 `rebuild_running`).',
  idempotent: true,
  body: z.strictObject({ dryRun: z.boolean().default(false), force: z.boolean().default(false) }),
  errors: ['rebuild_running'],
  responses: { 202: rebuild, 409: problem, 422: problem },
})

export const getRebuildRoute = defineRoute({
  ...base,
  method: 'GET',
  path: '/v1/analytics/rebuild/:id',
  summary: 'How far a rebuild is, and what it found.',
  responses: { 200: rebuild, 404: problem },
})
