import { loadConfig, serviceConfig } from '@dealwire/config'
import { z } from 'zod'

export const dealsConfig = serviceConfig.extend({
  PORT: z.coerce.number().int().min(1).max(65_535).default(8081).describe('Port to listen on'),
  EVENT_LOG_RETENTION_MONTHS: z.coerce
    .number()
    .int()
    .min(1)
    .max(120)
    .default(12)
    .describe('Months for which events can be replayed; older partitions of the log are dropped'),
})

/** Throws a `ConfigError` that names every bad variable. */
export function readConfig() {
  return loadConfig('deals', dealsConfig, process.env)
}
