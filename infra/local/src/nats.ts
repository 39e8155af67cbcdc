import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findProgram, natsProgram } from './find-program.ts'
import type { LocalServer } from './local-server.ts'
import { probes } from './probes.ts'
import type { Place } from './server-place.ts'
import { serverProcess } from './server-process.ts'

const configFile = fileURLToPath(new URL('../../nats/local.conf', import.meta.url))

/** NATS with JetStream. */
export async function localNats(place: Place, packagesFolder: string): Promise<LocalServer> {
  const { command, env } = await findProgram(natsProgram, packagesFolder, place.log)
  mkdirSync(place.dataFolder, { recursive: true })
  const url = `nats://127.0.0.1:${place.port}`
  return serverProcess({
    name: 'nats',
    url,
    command,
    args: ['--config', configFile, '--addr', '127.0.0.1', '--port', String(place.port), '--store_dir', place.dataFolder],
    env,
    logFile: place.logFile,
    pidFile: place.pidFile,
    stopSignal: 'SIGTERM',
    isReady: () => probes.nats(url),
    ...(place.onCrash && { onCrash: place.onCrash }),
  })
}
