import type { Log, ServerName } from './local-server.ts'

/** Where one server of this machine lives. */
export type Place = {
  dataFolder: string
  logFile: string
  pidFile: string
  port: number
  /** False for throw-away data, which may trade durability for speed. */
  persist: boolean
  log: Log
  onCrash?: (name: ServerName, logFile: string) => void
}
