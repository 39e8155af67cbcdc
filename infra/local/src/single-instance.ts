import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { SetupError } from './local-server.ts'
import { readPidFile, removePidFile, writePidFile } from './pid-file.ts'

/** Two systems on the same data would destroy it: the second says so and ends. Returns how to let go. */
export function holdAlone(pidFile: string): () => void {
  const holder = readPidFile(pidFile)
  if (holder !== undefined && holder !== process.pid) {
    throw new SetupError(
      `Dealwire already runs here (pid ${holder}). Stop it with Ctrl-C in its terminal, or: kill ${holder}`,
    )
  }
  mkdirSync(dirname(pidFile), { recursive: true })
  writePidFile(pidFile, process.pid)
  return () => removePidFile(pidFile)
}
