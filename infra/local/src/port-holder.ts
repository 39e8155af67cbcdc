import { execFileSync } from 'node:child_process'

/** Who listens on the port, as far as this user may know: "node (pid 4711)". */
export function portHolder(port: number): string | undefined {
  return fromLsof(port) ?? fromSs(port)
}

function fromLsof(port: number): string | undefined {
  const output = run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'])
  const pid = /^p(\d+)$/m.exec(output)?.[1]
  return pid && `${/^c(.+)$/m.exec(output)?.[1] ?? 'a process'} (pid ${pid})`
}

function fromSs(port: number): string | undefined {
  const found = /users:\(\("([^"]+)",pid=(\d+)/.exec(run('ss', ['-Hltnp', `sport = :${port}`]))
  return found ? `${found[1]} (pid ${found[2]})` : undefined
}

function run(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', timeout: 3_000, stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}
