import { mkdirSync } from 'node:fs'
import { findProgram, redisProgram } from './find-program.ts'
import type { LocalServer } from './local-server.ts'
import { localServer, type Place } from './server-place.ts'

/** Redis as a cache: bounded memory, nothing kept on disk. */
export async function localRedis(place: Place, packagesFolder: string): Promise<LocalServer> {
  const { command, env } = await findProgram(redisProgram, packagesFolder, place.log)
  mkdirSync(place.dataFolder, { recursive: true })
  const settings = {
    bind: '127.0.0.1',
    port: String(place.port),
    dir: place.dataFolder,
    save: '',
    appendonly: 'no',
    maxmemory: '256mb',
    'maxmemory-policy': 'allkeys-lru',
    databases: '64',
  }
  const url = `redis://127.0.0.1:${place.port}`
  return localServer('redis', url, place, {
    command,
    args: Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]),
    env,
    stopSignal: 'SIGTERM',
  })
}
