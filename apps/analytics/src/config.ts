import { loadConfig, serviceConfig } from '@dealwire/config'
import { z } from 'zod'

export const analyticsConfig = serviceConfig.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8084).describe('Port to listen on'),
  PROJECTION_BATCH: z.coerce
    .number()
    .int()
    .min(1)
    .max(2_000)
    .default(250)
    .describe('Most events that one transaction projects'),
})

export function readConfig(): z.output<typeof analyticsConfig> {
  return loadConfig('analytics', analyticsConfig, process.env)
}
