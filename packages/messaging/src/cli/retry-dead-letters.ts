import { parseArgs } from 'node:util'
import { closeDatabase, openDatabase } from '@dealwire/db/client'
import { serviceSchemas } from '@dealwire/db/migrate'
import { createLogger } from '@dealwire/telemetry'
import { z } from 'zod'
import { connectBus } from '../bus.ts'
import { publishDeadLetters } from '../publish-dead-letters.ts'
import { readReplayConfig } from './config.ts'

const USAGE = `Publishes the open dead letters of a service again, once their cause is mended. What fails again is set aside anew.

  retry-dead-letters --schema deals [--consumer deals-identity] [--company <id>] [--id <id>]

DATABASE_URL is the service's own, NATS_URL the server to publish to.`

const CONNECT_MS = 10_000
const schemas = Object.values(serviceSchemas).map(({ schema }) => schema)

const flags = z.strictObject({
  schema: z.enum(schemas),
  consumer: z.string().min(1).optional(),
  company: z.uuid().optional(),
  id: z.uuid().optional(),
})

function readFlags() {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { schema: text, consumer: text, company: text, id: text } })
  const parsed = flags.safeParse(values)
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error))
  return parsed.data
}

async function main(): Promise<void> {
  const { schema, consumer, company, id } = readFlags()
  const config = readReplayConfig()
  const logger = createLogger({ service: 'retry-dead-letters', level: config.LOG_LEVEL })
  const name = 'retry-dead-letters'
  const database = openDatabase({
    url: config.DATABASE_URL,
    schema,
    applicationName: name,
    maxConnections: 2,
    logger,
  })
  const bus = connectBus({ url: config.NATS_URL, name, logger })
  try {
    await bus.waitUntilUp(CONNECT_MS, AbortSignal.timeout(CONNECT_MS))
    const published = await publishDeadLetters({
      database,
      bus,
      ...(consumer !== undefined && { consumer }),
      ...(company !== undefined && { companyId: company }),
      ...(id !== undefined && { id }),
    })
    process.stdout.write(`Published ${published} dead letters again.\n`)
  } finally {
    await bus.close()
    await closeDatabase(database)
  }
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`)
  process.exitCode = 1
}
