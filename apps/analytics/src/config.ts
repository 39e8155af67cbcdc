import { loadConfig, serviceConfig } from '@dealwire/config'
import { z } from 'zod'

export const analyticsConfig = serviceConfig.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8084).describe('Port to listen on'),
  DATABASE_REPLICA_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('Read replica for figures, e.g. postgres://dealwire_analytics:secret@127.0.0.1:5433/dealwire'),
  FACTS_RETENTION_MONTHS: z.coerce
    .number()
    .int()
    .min(2)
    .max(240)
    .default(36)
    .describe('Months that single calls are kept; their rollups stay'),
  PROJECTION_BATCH: z.coerce
    .number()
    .int()
    .min(1)
    .max(2_000)
    .default(500)
    .describe('Most events that one transaction projects'),
})

export function readConfig(): z.output<typeof analyticsConfig> {
  return loadConfig('analytics', analyticsConfig, process.env)
}

/** What a command beside the service needs of it. */
export function readCommandConfig(): { readonly DATABASE_URL: string } {
  return loadConfig('analytics', serviceConfig.pick({ DATABASE_URL: true }), process.env)
}
