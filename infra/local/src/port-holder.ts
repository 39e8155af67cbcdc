import { execFileSync } from 'node:child_process'

const longestCommand = 80

/** Who listens on the port, as far as this user may know: "node server.js (pid 4711)". */
export function portHolder(port: number): string | undefined {
  const pid = fromLsof(port) ?? fromSs(port)
  if (pid === undefined) return undefined
  // The command line, since tools name a process by its main thread, which Node calls "MainThread".
  const command = run('ps', ['-o', 'args=', '-p', pid])
    .trim()
    .replace(/^\S*\//, '')
    .slice(0, longestCommand)
  return `${command || 'a process'} (pid ${pid})`
}

const fromLsof = (port: number) => /^p(\d+)$/m.exec(run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fp']))?.[1]

const fromSs = (port: number) => /pid=(\d+)/.exec(run('ss', ['-Hltnp', `sport = :${port}`]))?.[1]

function run(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', timeout: 3_000, stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}
