import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import {
  buildServices,
  deleteData,
  localSecrets,
  services,
  startPrivateSystem,
  sweepAbandoned,
  testFolder,
} from '@dealwire/local'
import type { TestProject } from 'vitest/node'
import './provided.ts'

/** One whole system for all tests of this folder: each test makes companies of its own in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepAbandoned(testFolder)
  await buildServices(AbortSignal.timeout(300_000))
  const folder = join(testFolder, `matrix-${randomUUID().slice(0, 8)}`)
  // The limits have tests of their own; here they would only stop the others.
  const env = {
    RATE_LIMIT_SCALE: '100000',
    LOG_LEVEL: 'warn',
    RECORDINGS_DIR: join(folder, 'recordings'),
    RECORDINGS_NETWORKS: '127.0.0.0/8',
  }
  const system = await startPrivateSystem({ folder, durable: false, env })
  const gatewayPort = Number(new URL(system.gatewayUrl).port)
  project.provide('system', {
    gatewayUrl: system.gatewayUrl,
    serviceUrls: services.slice(1).map((_service, index) => `http://127.0.0.1:${gatewayPort + index + 1}`),
    databaseUrl: system.databaseUrl,
    tokenSecret: localSecrets(folder).tokenSecret,
  })
  return async () => {
    await system.stop()
    if (system.crashed.length > 0)
      throw new Error(`Ended during the tests: ${system.crashed.join(', ')}; see ${folder}/logs`)
    deleteData(folder)
  }
}
