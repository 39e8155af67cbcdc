import type { LocalServer, Log, ServerName } from './local-server.ts'
import { type Command, managedProcess, type OnCrash } from './managed-process.ts'
import { probes } from './probes.ts'

/** Where one server of this machine lives. */
export type Place = {
  dataFolder: string
  logFile: string
  pidFile: string
  port: number
  /** False for throw-away data, which may trade durability for speed. */
  persist: boolean
  log: Log
  onCrash?: OnCrash
}

type ServerCommand = Pick<Command, 'command' | 'args' | 'env' | 'runAs' | 'stopSignal'>

// A server killed a moment ago may hold its port or its shared memory a little longer.
const attempts = 20

export function localServer(name: ServerName, url: string, place: Place, command: ServerCommand): LocalServer {
  const { logFile, pidFile, onCrash } = place
  const managed = managedProcess({
    ...command,
    name,
    logFile,
    pidFile,
    attempts,
    isReady: () => probes[name](url),
    ...(onCrash && { onCrash }),
  })
  return {
    name,
    url,
    get pid() {
      return managed.pid
    },
    start: managed.start,
    stop: managed.stop,
    kill: managed.kill,
  }
}
