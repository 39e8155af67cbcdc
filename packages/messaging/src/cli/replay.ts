import { parseArgs } from 'node:util'
import { closeDatabase, openDatabase } from '@dealwire/db/client'
import { serviceSchemas } from '@dealwire/db/migrate'
import { createLogger } from '@dealwire/telemetry'
import { z } from 'zod'
import { connectBus } from '../bus.ts'
import { replay } from '../replay.ts'
import { readReplayConfig } from './config.ts'

const USAGE = `Publishes events of a service's log again, for consumers whose stream has lost them. What was handled before has no second effect.

  replay --source deals [--from 2026-03-01T00:00:00Z] [--to …] [--type crm.deals.deal.won]… [--company <id>]

DATABASE_URL is the service's own, NATS_URL the server to publish to.`

const CONNECT_MS = 10_000
const schemas = Object.values(serviceSchemas).map(({ schema }) => schema)

const flags = z.strictObject({
  source: z.enum(schemas),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  type: z.array(z.string().startsWith('crm.')).optional(),
  company: z.uuid().optional(),
})

function readFlags() {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: { source: text, from: text, to: text, type: { type: 'string', multiple: true }, company: text },
  })
  const parsed = flags.safeParse(values)
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error))
  return parsed.data
}

async function main(): Promise<void> {
  const { source, from, to, type, company } = readFlags()
  const config = readReplayConfig()
  const logger = createLogger({ service: 'replay', level: config.LOG_LEVEL })
  const database = openDatabase({
    url: config.DATABASE_URL,
    schema: source,
    applicationName: 'replay',
    maxConnections: 2,
    logger,
  })
  const bus = connectBus({ url: config.NATS_URL, name: 'replay', logger })
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort(new Error('interrupted')))
  try {
    await bus.waitUntilUp(CONNECT_MS, interrupted.signal)
    const result = await replay({
      database,
      bus,
      source,
      ...(from !== undefined && { from: new Date(from) }),
      ...(to !== undefined && { to: new Date(to) }),
      ...(type !== undefined && { types: type }),
      ...(company !== undefined && { companyId: company }),
      signal: interrupted.signal,
      onProgress: (published) => process.stderr.write(`\r${published} events`),
    })
    process.stdout.write(
      `\nPublished ${result.published} events again; ${result.refused} are too large to be published.\n`,
    )
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
