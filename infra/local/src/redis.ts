import { mkdirSync } from 'node:fs'
import { findProgram, redisProgram } from './find-program.ts'
import type { LocalServer } from './local-server.ts'
import { probes } from './probes.ts'
import type { Place } from './server-place.ts'
import { serverProcess } from './server-process.ts'

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
  return serverProcess({
    name: 'redis',
    url,
    command,
    args: Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]),
    env,
    logFile: place.logFile,
    pidFile: place.pidFile,
    stopSignal: 'SIGTERM',
    isReady: () => probes.redis(url),
    ...(place.onCrash && { onCrash: place.onCrash }),
  })
}
