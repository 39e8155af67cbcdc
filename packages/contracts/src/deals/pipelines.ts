import { z } from 'zod'
import { instantOut, percent, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
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
export type Stage = z.output<typeof stage>

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
  query: pageQuery({ sorts: ['createdAt', 'name'], defaultSort: 'createdAt', filters: { q: text(200).optional() } }),
  responses: { 200: pageOf(pipeline) },
})

/** Upper case, as `QUALIFIED`: what deals name their stage by. */
export const stageKey = z.string().regex(/^[A-Z][A-Z0-9_]{0,49}$/, 'must be a stage key such as "QUALIFIED"')

const LONGEST_ROTTEN_DAYS = 3_650

const stageInput = z.strictObject({
  key: stageKey,
  name: text(100),
  kind: z.enum(stageKinds).default('OPEN'),
  probability: percent,
  rottenDays: z.int().min(0).max(LONGEST_ROTTEN_DAYS).default(0),
})

const MOST_STAGES = 50

/** In order; the place in the list is the position. */
const stagesInput = z
  .array(stageInput)
  .min(1)
  .max(MOST_STAGES)
  .refine((stages) => new Set(stages.map(({ key }) => key)).size === stages.length, 'must not name a key twice')
  .refine((stages) => stages.some(({ kind }) => kind === 'OPEN'), 'must have an OPEN stage for new deals')

export const createPipelineRoute = defineRoute({
  method: 'POST',
  path: '/v1/pipelines',
  service: 'deals',
  permission: 'pipeline:manage',
  summary: 'Create a pipeline. Without stages it gets those of the pipeline that every company starts with.',
  idempotent: true,
  body: z.strictObject({ name: text(200), isDefault: z.boolean().default(false), stages: stagesInput.optional() }),
  responses: { 201: pipeline, 409: problem, 422: problem },
})

export const getPipelineRoute = defineRoute({
  method: 'GET',
  path: '/v1/pipelines/:id',
  service: 'deals',
  permission: 'deal:read',
  summary: 'Get one pipeline with its stages in order.',
  responses: { 200: pipeline, 404: problem },
})

export const updatePipelineRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/pipelines/:id',
  service: 'deals',
  permission: 'pipeline:manage',
  summary: 'Rename a pipeline, or make it the default one instead of the one that is.',
  body: z.strictObject({ name: text(200).optional(), isDefault: z.literal(true).optional() }),
  responses: { 200: pipeline, 404: problem, 412: problem },
})

export const replaceStagesRoute = defineRoute({
  method: 'PUT',
  path: '/v1/pipelines/:id/stages',
  service: 'deals',
  permission: 'pipeline:manage',
  summary:
    'Replace the stages of a pipeline. Deals of stages that are left out go to `moveTo`, at most 5,000 at once; without it a stage with deals is 409 `stage_in_use`, as is another kind for a stage with deals.',
  body: z.strictObject({ stages: stagesInput, moveTo: stageKey.optional() }),
  errors: ['stage_in_use', 'lost_reason_required', 'currency_rate_missing'],
  responses: { 200: pipeline, 404: problem, 409: problem, 412: problem },
})
