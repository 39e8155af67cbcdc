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
  DATABASE_BULK_POOL_SIZE: z.coerce
    .number()
    .int()
    .min(2)
    .max(50)
    .default(4)
    .describe('Connections for exports, imports and background jobs, apart from those for API calls'),
  EXPORT_TTL_HOURS: z.coerce.number().int().min(1).max(720).default(24).describe('Hours that exported files are kept'),
  FILES_DIR: z
    .string()
    .min(1)
    .default('./data/files')
    .describe('Folder of exported and imported files; several instances must share it, or use S3_BUCKET'),
  S3_BUCKET: z.string().min(3).optional().describe('Bucket for these files instead of FILES_DIR'),
  S3_REGION: z.string().min(1).default('us-east-1').describe('Region of the bucket'),
  S3_ENDPOINT: z.url().optional().describe('Service that speaks S3, e.g. http://127.0.0.1:9000; without it AWS'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional().describe('Access key of the bucket; without it as AWS provides it'),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional().describe('Secret of S3_ACCESS_KEY_ID'),
})

/** Throws a `ConfigError` that names every bad variable. */
export function readConfig() {
  return loadConfig('deals', dealsConfig, process.env)
}
