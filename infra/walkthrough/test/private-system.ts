import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { buildServices, deleteData, type PrivateSystem, startPrivateSystem, testFolder } from '@dealwire/local'

/** A throw-away system of the file's own, with limits that a test does not reach. */
export async function startSystem({ durable }: { durable: boolean }): Promise<PrivateSystem> {
  const folder = join(testFolder, `system-${randomUUID().slice(0, 8)}`)
  await buildServices(AbortSignal.timeout(150_000))
  const system = await startPrivateSystem({ folder, durable, env: { RATE_LIMIT_SCALE: '1000' } })
  return {
    ...system,
    async stop() {
      await system.stop()
      deleteData(folder)
    },
  }
}
