import { z } from 'zod'
import { instantOut, version } from '../core/fields.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

const weight = z.int().min(0).max(100).meta({ example: 25 })
const weights = { value: weight, stage: weight, priority: weight, leadSource: weight }

export const leadScoreWeights = z.strictObject({
  ...weights,
  /** Deals that were scored by earlier weights are being scored again. */
  rescoring: z.boolean(),
  version,
  /** Null while they are what every company starts with. */
  updatedAt: instantOut.nullable(),
})
export type LeadScoreWeights = z.output<typeof leadScoreWeights>

const path = '/v1/lead-score-weights'

export const getLeadScoreWeightsRoute = defineRoute({
  method: 'GET',
  path,
  service: 'deals',
  permission: 'deal:read',
  summary:
    'How many of the 100 points of a lead score the value, the stage’s probability, the priority and the lead source can give.',
  responses: { 200: leadScoreWeights },
})

export const setLeadScoreWeightsRoute = defineRoute({
  method: 'PUT',
  path,
  service: 'deals',
  permission: 'company:manage',
  summary:
    'Set the weights, which together are 100. What is written from now on is scored by them; stored deals follow within seconds, which is no change of theirs: no version, no event.',
  body: z
    .strictObject(weights)
    .refine(({ value, stage, priority, leadSource }) => value + stage + priority + leadSource === 100, {
      message: 'must together be 100',
    }),
  responses: { 200: leadScoreWeights, 412: problem },
})
