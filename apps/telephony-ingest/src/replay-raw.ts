import { parseArgs } from 'node:util'
import { closeDatabase, openDatabase } from '@dealwire/db/client'
import { createLogger } from '@dealwire/telemetry'
import { z } from 'zod'
import { createAgentDirectory } from './agents/agent-directory.ts'
import { readConfig } from './config.ts'
import { createConnectionDirectory } from './connections/connection-directory.ts'
import { createSecretBox } from './connections/secret-box.ts'
import { findProvider } from './providers/providers.ts'
import { replayRawWebhooks } from './raw-webhooks/replay-raw-webhooks.ts'

// The command of an operator: after an adapter was corrected, what providers sent is read again.
const USAGE = `Reads stored webhooks of a connection again, and corrects the calls whose events are understood otherwise today.

  replay-raw --connection <id> --from 2026-03-01T00:00:00Z [--to …] [--dry-run]`

const flags = z.strictObject({
  connection: z.uuid(),
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }).optional(),
  'dry-run': z.boolean().default(false),
})

function readFlags() {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { connection: text, from: text, to: text, 'dry-run': { type: 'boolean' } } })
  const parsed = flags.safeParse(values)
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error))
  return parsed.data
}

async function main(): Promise<void> {
  const { connection: id, from, to, 'dry-run': isDryRun } = readFlags()
  const config = readConfig()
  const logger = createLogger({ service: 'replay-raw', level: config.LOG_LEVEL })
  const database = openDatabase({
    url: config.DATABASE_URL,
    schema: 'telephony',
    applicationName: 'replay-raw',
    maxConnections: 2,
    logger,
  })
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort(new Error('interrupted')))
  try {
    const box = createSecretBox(config.SECRETS_KEY ?? config.INTERNAL_SECRET)
    const connection = await createConnectionDirectory(database, box).find(id)
    const provider = connection && findProvider(connection.provider)
    if (connection === undefined || provider === undefined) throw new Error(`There is no connection '${id}'.`)
    const result = await replayRawWebhooks({
      database,
      connection,
      provider,
      usersOf: await createAgentDirectory(database).load([connection.companyId]),
      from: new Date(from),
      to: to === undefined ? new Date() : new Date(to),
      isDryRun,
      signal: interrupted.signal,
      onProgress: (requests) => process.stderr.write(`\r${requests} webhooks`),
    })
    const { requests, added, changed, voided, unreadable } = result
    process.stdout.write(
      `\n${isDryRun ? 'Would change' : 'Changed'}: ${added} events added, ${changed} changed, ${voided} taken back, of ${requests} webhooks; ${unreadable} not understood.\n`,
    )
  } finally {
    await closeDatabase(database)
  }
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`)
  process.exitCode = 1
}
