import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findProgram, natsProgram } from './find-program.ts'
import type { LocalServer } from './local-server.ts'
import { localServer, type Place } from './server-place.ts'

export type NatsSetup = { readonly configFile: string; readonly env: NodeJS.ProcessEnv }

const openToThisMachine: NatsSetup = {
  configFile: fileURLToPath(new URL('../../nats/local.conf', import.meta.url)),
  env: {},
}

/** NATS with JetStream. */
export async function localNats(place: Place, packagesFolder: string, setup = openToThisMachine): Promise<LocalServer> {
  const { command, env } = await findProgram(natsProgram, packagesFolder, place.log)
  mkdirSync(place.dataFolder, { recursive: true })
  const url = `nats://127.0.0.1:${place.port}`
  return localServer('nats', url, place, {
    command,
    args: [
      '--config',
      setup.configFile,
      '--addr',
      '127.0.0.1',
      '--port',
      String(place.port),
      '--store_dir',
      place.dataFolder,
    ],
    env: { ...env, ...setup.env },
    stopSignal: 'SIGTERM',
  })
}
