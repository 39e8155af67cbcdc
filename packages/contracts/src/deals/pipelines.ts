import { z } from 'zod'
import { instantOut, percent, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { defineRoute } from '../core/route.ts'

export const stageKinds = ['OPEN', 'WON', 'LOST'] as const
export type StageKind = (typeof stageKinds)[number]

export const stage = z.strictObject({
  key: z.string(),
  name: z.string(),
  kind: z.enum(stageKinds),
  probability: percent,
  /** Days without activity after which an open deal is rotten; 0 is never. */
  rottenDays: z.int().min(0),
  position: z.int().min(0),
})

export const pipeline = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  isDefault: z.boolean(),
  stages: z.array(stage),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})
export type Pipeline = z.output<typeof pipeline>

/** The pipeline that every company starts with. */
export const defaultPipeline = {
  name: 'Sales',
  stages: [
    { key: 'LEAD', name: 'Lead', kind: 'OPEN', probability: 10 },
    { key: 'QUALIFIED', name: 'Qualified', kind: 'OPEN', probability: 30 },
    { key: 'NEGOTIATION', name: 'Negotiation', kind: 'OPEN', probability: 60 },
    { key: 'CLOSED_WON', name: 'Closed won', kind: 'WON', probability: 100 },
    { key: 'CLOSED_LOST', name: 'Closed lost', kind: 'LOST', probability: 0 },
  ],
} as const

export const listPipelinesRoute = defineRoute({
  method: 'GET',
  path: '/v1/pipelines',
  service: 'deals',
  permission: 'deal:read',
  summary: 'List pipelines with their stages in order.',
  query: pageQuery({ sorts: ['createdAt', 'name'], defaultSort: 'createdAt', filters: {} }),
  responses: { 200: pageOf(pipeline) },
})
