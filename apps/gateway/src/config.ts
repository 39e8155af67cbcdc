import { loadConfig, serviceConfig } from '@dealwire/config'
import { z } from 'zod'

const serviceUrl = (port: number, what: string) =>
  z
    .url({ protocol: /^http$/ })
    .default(`http://127.0.0.1:${port}`)
    .describe(`Where ${what} listens, e.g. http://127.0.0.1:${port}`)

const commaSeparated = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )

export const gatewayConfig = serviceConfig.extend({
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080).describe('Port to listen on'),
  DEALS_URL: serviceUrl(8081, 'deals'),
  INVENTORY_URL: serviceUrl(8082, 'inventory'),
  TELEPHONY_URL: serviceUrl(8083, 'telephony-ingest'),
  ANALYTICS_URL: serviceUrl(8084, 'analytics'),
  TOKEN_SECRET: z
    .string()
    .min(32)
    .describe('Seals signing keys and refresh tokens; the same for all gateways, at least 32 characters'),
  PUBLIC_URL: z
    .url()
    .default('http://127.0.0.1:8080')
    .describe('How clients reach the gateway: issuer of access tokens and server of the API document'),
  SIGNUP: z
    .enum(['open', 'closed'])
    .optional()
    .describe('Whether anyone may register a company; unset: open, but closed in production'),
  RATE_LIMIT_SCALE: z.coerce.number().min(0.001).max(1_000_000).default(1).describe('Multiplies every rate limit'),
  TRUST_PROXY: commaSeparated.describe(
    'Addresses or CIDR ranges of proxies whose X-Forwarded-For is believed, comma-separated',
  ),
  CORS_ORIGINS: commaSeparated.describe(
    'Origins whose pages may call the API from a browser, comma-separated, e.g. https://crm.example.com; none: no page may',
  ),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe(
      'Bearer token for /metrics and /health/detailed from other machines; without it only this machine is answered',
    ),
  UPSTREAM_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(4_096)
    .default(128)
    .describe('Connections to each service at most'),
  UPSTREAM_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(120_000)
    .default(10_000)
    .describe('How long a service may take to begin its answer'),
  AUDIT_RETENTION_MONTHS: z.coerce
    .number()
    .int()
    .min(1)
    .max(240)
    .default(24)
    .describe('How many whole months of the audit log are kept'),
  MAX_STREAMS: z.coerce
    .number()
    .int()
    .min(1)
    .max(200_000)
    .default(12_000)
    .describe('Live streams open at once on one gateway; about 30 KB of memory each'),
  MAX_STREAMS_PER_COMPANY: z.coerce
    .number()
    .int()
    .min(1)
    .max(200_000)
    .default(1_000)
    .describe('Live streams of one company open at once on one gateway'),
  MAX_STREAMS_PER_USER: z.coerce
    .number()
    .int()
    .min(1)
    .max(200_000)
    .default(20)
    .describe('Live streams of one user, or of one API key, open at once on one gateway'),
})

/** Throws a `ConfigError` that names every bad variable. */
export function readConfig() {
  return loadConfig('gateway', gatewayConfig, process.env)
}
