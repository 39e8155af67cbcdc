import { z } from 'zod'

const dependency = z.strictObject({
  status: z.enum(['up', 'down']),
  latencyMs: z.number().nullable(),
  required: z.boolean(),
})

/** Answer of `/health/readiness` and `/health/detailed`: `degraded` still serves. */
export const readiness = z.looseObject({
  status: z.enum(['ready', 'degraded', 'not_ready']),
  dependencies: z.record(z.string(), dependency),
})
