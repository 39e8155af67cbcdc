import { natsUrl } from '@dealwire/config'
import { z } from 'zod'

const replayConfig = z.object({
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be the Postgres URL of the service whose log is replayed',
  }),
  NATS_URL: natsUrl,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
})

/** The environment of the replay command. */
export function readReplayConfig() {
  const parsed = replayConfig.safeParse(process.env)
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error))
  return parsed.data
}
