import { loadConfig, serviceConfig } from '@dealwire/config'
import { z } from 'zod'
import { listOf } from './recordings/public-address.ts'

function areNetworks(networks: readonly string[]): boolean {
  try {
    return listOf(networks).rules.length === networks.length
  } catch {
    return false // the way Node says that a network is none
  }
}

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
  RAW_WEBHOOKS_RETENTION_MONTHS: z.coerce
    .number()
    .int()
    .min(1)
    .max(120)
    .default(3)
    .describe('How long requests of PBXs are kept as they came, to be read again by a corrected adapter'),
  EVENT_KEYS_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(90)
    .describe('How long an event sent again is known to be a duplicate'),
  RECORDINGS_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('Folder for recordings, which all instances share; without it recordings stay at the PBX'),
  RECORDINGS_MAX_MB: z.coerce
    .number()
    .int()
    .min(1)
    .max(2_000)
    .default(100)
    .describe('Largest recording that is fetched'),
  RECORDINGS_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(365)
    .describe('How long recordings are kept'),
  RECORDINGS_NETWORKS: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((network) => network !== ''))
    .refine(areNetworks, 'must be networks such as 10.20.0.0/16, separated by commas')
    .describe('Private networks from which recordings may be fetched for every company, such as 10.20.0.0/16'),
  INGEST_BATCH_EVENTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(500)
    .default(500)
    .describe('Events that concurrent requests may share a commit for; 1: a commit for each request'),
  INGEST_COMMITS: z.coerce.number().int().min(1).max(20).default(2).describe('Commits of events at the same time'),
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
