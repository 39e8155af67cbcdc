import { spawn } from 'node:child_process'
import { once } from 'node:events'

export type ChildServer = { url: string; pid: number; stop(): Promise<void> }

/** Starts a server that prints its port as a process of its own. */
export async function startChildServer(
  program: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ChildServer> {
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  const exited = once(child, 'exit')
  const port = await Promise.race([
    once(child.stdout, 'data').then(([line]) => Number(String(line))),
    exited.then(() => undefined),
  ])
  if (port === undefined || child.pid === undefined) throw new Error(`${program} does not start`)
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    stop: async () => {
      child.kill()
      await exited
    },
  }
}
