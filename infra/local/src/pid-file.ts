import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { processIdentity } from './process-identity.ts'
import { waitUntil } from './wait-until.ts'

/** Remembers a process beyond the life of its parent, together with what proves that the pid is still the same process. */
export function writePidFile(path: string, pid: number): void {
  writeFileSync(path, `${JSON.stringify({ pid, identity: processIdentity(pid) })}\n`)
}

/** The process that the file names, if it still lives. */
export function readPidFile(path: string): number | undefined {
  if (!existsSync(path)) return undefined
  try {
    const { pid, identity } = JSON.parse(readFileSync(path, 'utf8')) as { pid: number; identity?: string }
    return identity !== undefined && processIdentity(pid) === identity ? pid : undefined
  } catch {
    return undefined
  }
}

export function removePidFile(path: string): void {
  rmSync(path, { force: true })
}

/** Ends what an earlier run left behind, if anything. */
export async function endLeftover(path: string, signal: NodeJS.Signals): Promise<boolean> {
  const pid = readPidFile(path)
  if (pid !== undefined) await endProcess(path, pid, signal)
  removePidFile(path)
  return pid !== undefined
}

async function endProcess(path: string, pid: number, signal: NodeJS.Signals): Promise<void> {
  const hasGone = async () => readPidFile(path) === undefined
  for (const attempt of [signal, 'SIGKILL'] as const) {
    try {
      process.kill(pid, attempt)
    } catch {
      return
    }
    if (await waitUntil(hasGone, { timeoutMs: 10_000 })) return
  }
}
