import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { closeDatabase, openDatabase } from '@dealwire/db/client'
import { createLogger } from '@dealwire/telemetry'
import { readCommandConfig } from './config.ts'
import { queueRebuilds } from './rebuilds/queue-rebuilds.ts'
import { summariseRebuilds } from './rebuilds/summarise-rebuilds.ts'

const USAGE = `Makes figures anew from the event logs. The running services do the work; this asks for it and waits.

  rebuild [--company <id>] [--dry-run] [--force]

DATABASE_URL is that of analytics.`

const POLL_MS = 1_000
const LONGEST_WAIT_MS = 24 * 3_600_000

async function main(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({ options: { company: { type: 'string' }, 'dry-run': flag, force: flag } })
  const logger = createLogger({ service: 'analytics', level: 'warn' })
  const url = readCommandConfig().DATABASE_URL
  const database = openDatabase({ url, schema: 'analytics', applicationName: 'rebuild', maxConnections: 2, logger })
  try {
    const since = new Date().toISOString()
    const queued = await queueRebuilds(database, values.company, { dryRun: values['dry-run'], force: values.force })
    process.stdout.write(`Queued ${queued} rebuilds.\n`)
    for (const endsAt = performance.now() + LONGEST_WAIT_MS; performance.now() < endsAt; await sleep(POLL_MS)) {
      const { active, failed, differences } = await summariseRebuilds(database, since)
      if (active > 0) continue
      process.stdout.write(
        `Done: ${failed} failed, ${differences} differences. GET /v1/analytics/rebuild/:id tells which.\n`,
      )
      process.exitCode = failed > 0 ? 1 : 0
      return
    }
    throw new Error('Rebuilds are still queued or running after a day; is analytics up?')
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
