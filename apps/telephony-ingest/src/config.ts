import { loadConfig, serviceConfig } from '@dealwire/config'
import { z } from 'zod'

export const telephonyConfig = serviceConfig.extend({
  PORT: z.coerce.number().int().min(1).max(65_535).default(8083).describe('Port to listen on'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:8080')
    .transform((url) => url.replace(/\/+$/, ''))
    .describe(
      'Where the gateway is reached from outside: webhook addresses begin with it, and some signatures cover it',
    ),
  SECRETS_KEY: z
    .string()
    .min(32)
    .optional()
    .describe(
      'Encrypts the secrets of PBX connections, at least 32 characters; without it INTERNAL_SECRET does, and must then never change',
    ),
  CALL_EVENTS_RETENTION_MONTHS: z.coerce
    .number()
    .int()
    .min(1)
    .max(120)
    .default(24)
    .describe('How long the events of calls are kept; the calls stay'),
  EVENT_KEYS_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(90)
    .describe('How long an event sent again is known to be a duplicate'),
  CALL_GRACE_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(60)
    .describe('How long after its end a call without a detail record waits for more before it counts as final'),
})

/** Throws a `ConfigError` that names every bad variable. */
export function readConfig() {
  return loadConfig('telephony-ingest', telephonyConfig, process.env)
}
