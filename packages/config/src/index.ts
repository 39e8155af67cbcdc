import { z } from 'zod'

/** User and password, where the server asks for them, stand in the first of several URLs. */
export const natsUrl = z.string().refine((urls) => urls.split(',').every((url) => oneNatsUrl.safeParse(url).success), {
  error: 'Invalid URL: nats://… or tls://…, several separated by commas',
})
const oneNatsUrl = z.url({ protocol: /^(nats|tls)$/ })

/** What every service is started with. Apps extend it; each key says what it is for. */
export const serviceConfig = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('Production turns off sign-up and demo logins'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least severe level that is logged'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe('Postgres as this service’s own role, e.g. postgres://dealwire_deals:secret@127.0.0.1:5432/dealwire'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(12).describe('Connections for API calls'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('Redis for cache and shared limits; without it each process keeps its own, e.g. redis://127.0.0.1:6379'),
  NATS_URL: natsUrl.describe(
    'NATS with JetStream; several servers of a cluster separated by commas, e.g. nats://deals:secret@127.0.0.1:4222',
  ),
  INTERNAL_SECRET: z
    .string()
    .min(32)
    .describe('Signs the identity that the gateway hands to services; the same for all, at least 32 characters'),
  SLOW_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(100)
    .describe('Requests and queries that take longer are logged as warnings'),
  SHUTDOWN_DRAIN_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(0)
    .describe('Pause between "not ready" and closing, for the load balancer to notice'),
})

export type ConfigSchema = z.ZodObject

/** A configuration that cannot be used: the message lists every bad variable with what it is for. */
export class ConfigError extends Error {
  constructor(service: string, problems: readonly string[]) {
    super(`${service} cannot start; fix the environment:\n${problems.map((line) => `  ${line}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/** Parses the environment once. Throws a `ConfigError` with all problems at once. */
export function loadConfig<Schema extends ConfigSchema>(
  service: string,
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success)
    throw new ConfigError(
      service,
      parsed.error.issues.map((issue) => explain(schema, issue)),
    )
  const known =
    given.NODE_ENV === 'production' ? Object.keys(schema.shape).filter((name) => isPublished(given[name])) : []
  if (known.length > 0)
    throw new ConfigError(
      service,
      known.map((name) => `${name}: is the value of docker-compose.yml, which everybody knows; set one of your own`),
    )
  return parsed.data
}

/** What `read` answers. A configuration that cannot be used ends the process, with its message and no stack trace. */
export function configOrExit<Config>(read: () => Config): Config {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

/** The compose file's own secrets say what they are for. */
function isPublished(value: string | undefined): boolean {
  return value?.includes('try-out-only') === true
}

function explain(schema: ConfigSchema, issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0] ?? '')
  const purpose = schema.shape[name] instanceof z.ZodType ? schema.shape[name].description : undefined
  return `${name}: ${issue.message}${purpose === undefined ? '' : ` (${purpose})`}`
}
