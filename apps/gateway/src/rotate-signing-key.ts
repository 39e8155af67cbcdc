import { closeDatabase, openDatabase, withTx } from '@dealwire/db/client'
import { createLogger } from '@dealwire/telemetry'
import { readConfig } from './config.ts'
import { rotateSigningKey } from './keys/rotate-signing-key.ts'
import { openVault } from './keys/vault.ts'

// The command of an operator: makes a new signing key. Running gateways take it up by themselves within a minute.
const config = readConfig()
const logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL })
const database = openDatabase({
  url: config.DATABASE_URL,
  schema: 'identity',
  applicationName: 'rotate-signing-key',
  maxConnections: 1,
  logger,
})
const kid = await withTx(database, (tx) => rotateSigningKey(tx, openVault(config.TOKEN_SECRET)))
logger.info({ kid }, 'a new signing key was made')
await closeDatabase(database)
