import { z } from 'zod'
import { instantOut, moneyOut } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'
import { count, figuresMeta, rate, secondsFigure, windowQuery } from './figures.ts'

const base = { method: 'GET', service: 'analytics', permission: 'analytics:read' } as const

export const agentSnapshot = z.strictObject({
  agentId: z.uuid(),
  name: z.string().nullable(),
  callsOffered: count,
  callsAnswered: count,
  talkSeconds: z.number().min(0),
  ahtSeconds: secondsFigure,
  dealsWon: count,
  dealsLost: count,
  winRate: rate,
  revenue: moneyOut,
  currency: z.string(),
  workOrdersApproved: count,
  activitiesDone: count,
  takenAt: instantOut,
})

const windowDays = z.enum(['7', '30', '90']).default('30').transform(Number)

export const listAgentSnapshotsRoute = defineRoute({
  ...base,
  path: '/v1/analytics/agents',
  summary:
    'What each agent did in the last 7, 30 or 90 days, as of the last snapshot (about every ten minutes). Users who see only their own ' +
    'figures get their own row.',
  query: pageQuery({ sorts: ['name'], defaultSort: 'name', filters: { windowDays, agentId: z.uuid().optional() } }),
  responses: { 200: pageOf(agentSnapshot).extend({ meta: figuresMeta }), 403: problem, 404: problem },
})

export const getLeaderboardRoute = defineRoute({
  ...base,
  path: '/v1/analytics/leaderboard',
  summary: 'Agents by revenue won; equal revenue shares a rank.',
  description:
    'In the last 7, 30 or 90 days, as of the last snapshot. With `from` or `to`: in that window instead, at most 93 days long, as it is now.',
  query: pageQuery({ sorts: ['rank'], defaultSort: 'rank', filters: { windowDays, ...windowQuery } }),
  responses: { 200: pageOf(agentSnapshot.extend({ rank: z.int().min(1) })).extend({ meta: figuresMeta }) },
})
