import { z } from 'zod'
import { instant, instantOut, longText, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { assignee } from './filters.ts'

export const activityKinds = ['NOTE', 'CALL', 'MEETING', 'TASK', 'REMINDER', 'APPOINTMENT'] as const

export const activity = z.strictObject({
  id: z.uuid(),
  dealId: z.uuid(),
  kind: z.enum(activityKinds),
  subject: z.string(),
  body: z.string().nullable(),
  dueAt: instantOut.nullable(),
  doneAt: instantOut.nullable(),
  startsAt: instantOut.nullable(),
  endsAt: instantOut.nullable(),
  assignedToId: z.uuid().nullable(),
  /** The call that it stands for, if a call made it. */
  callId: z.uuid().nullable(),
  createdById: z.uuid().nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})
export type Activity = z.output<typeof activity>

const editable = {
  body: longText(20_000).nullish(),
  dueAt: instant.nullish(),
  doneAt: instant.nullish(),
  startsAt: instant.nullish(),
  endsAt: instant.nullish(),
  assignedToId: z.uuid().nullish(),
}

const kind = z.enum(activityKinds)
const path = '/v1/deals/:id/activities'

export const listDealActivitiesRoute = defineRoute({
  method: 'GET',
  path,
  service: 'deals',
  permission: 'deal:read',
  summary: 'List the activities of a deal, newest first.',
  query: pageQuery({ sorts: ['createdAt', 'dueAt'], defaultSort: '-createdAt', filters: { kind: kind.optional() } }),
  responses: { 200: pageOf(activity), 404: problem },
})

export const listActivitiesRoute = defineRoute({
  method: 'GET',
  path: '/v1/activities',
  service: 'deals',
  permission: 'deal:read',
  summary:
    'List activities, the soonest due first. `due` takes what is not done: `overdue` is past its time, `today` and `upcoming` (after today) are days of the company’s time zone.',
  query: pageQuery({
    sorts: ['dueAt', 'createdAt'],
    defaultSort: 'dueAt',
    filters: {
      assignedToId: assignee.optional(),
      dealId: z.uuid().optional(),
      kind: kind.optional(),
      due: z.enum(['overdue', 'today', 'upcoming']).optional(),
    },
  }),
  responses: { 200: pageOf(activity) },
})

export const createActivityRoute = defineRoute({
  method: 'POST',
  path,
  service: 'deals',
  permission: 'deal:update',
  summary: 'Add an activity to a deal; it counts as the deal’s last activity.',
  idempotent: true,
  body: z.strictObject({ kind, subject: text(200), ...editable }),
  responses: { 201: activity, 403: problem, 404: problem, 409: problem, 422: problem },
})

export const getActivityRoute = defineRoute({
  method: 'GET',
  path: `${path}/:activityId`,
  service: 'deals',
  permission: 'deal:read',
  summary: 'Get one activity.',
  responses: { 200: activity, 404: problem },
})

export const updateActivityRoute = defineRoute({
  method: 'PATCH',
  path: `${path}/:activityId`,
  service: 'deals',
  permission: 'deal:update',
  summary: 'Change an activity; `doneAt` completes it, null opens it again.',
  body: z.strictObject({ kind: kind.optional(), subject: text(200).optional(), ...editable }),
  responses: { 200: activity, 403: problem, 404: problem, 412: problem },
})

export const deleteActivityRoute = defineRoute({
  method: 'DELETE',
  path: `${path}/:activityId`,
  service: 'deals',
  permission: 'deal:update',
  summary: 'Delete an activity.',
  responses: { 204: null, 403: problem, 404: problem, 412: problem },
})
