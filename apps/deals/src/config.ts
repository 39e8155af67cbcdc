import { loadConfig, serviceConfig } from '@dealwire/config'
import { z } from 'zod'

export const dealsConfig = serviceConfig.extend({
  PORT: z.coerce.number().int().min(1).max(65_535).default(8081).describe('Port to listen on'),
  DATABASE_REPLICA_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      'Read replica for lists, search and statistics of deals, e.g. postgres://dealwire_deals:secret@127.0.0.1:5433/dealwire',
    ),
  EVENT_RETENTION_MONTHS: z.coerce
    .number()
    .int()
    .min(1)
    .max(240)
    .default(13)
    .describe('Months after which published events leave the event log'),
})

/** Throws a `ConfigError` that names every bad variable. */
export function readConfig() {
  return loadConfig('deals', dealsConfig, process.env)
}
