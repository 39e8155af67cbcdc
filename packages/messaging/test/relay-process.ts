import { openDatabase } from '@dealwire/db/client'
import { createMetrics } from '@dealwire/telemetry'
import { connectBus, startRelay } from '../src/index.ts'
import { logger } from './support.ts'

// A relay in a process of its own, to be killed: `node relay-process.ts <database url> <nats url>`.
const [, , url = '', natsUrl = ''] = process.argv
const database = openDatabase({ url, schema: 'deals', applicationName: 'relay-process', maxConnections: 2, logger })
const bus = connectBus({ url: natsUrl, name: 'relay-process', logger, streamMaxBytes: 256 * 1024 ** 2 })
const relay = startRelay({ database, bus, source: 'deals', logger, metrics: createMetrics('relay-process') })
setInterval(() => {
  if (relay.status().active) process.stdout.write('active\n')
}, 50)
