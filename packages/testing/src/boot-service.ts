import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '@dealwire/local'
import { TEST_INTERNAL_SECRET } from './actors.ts'
import { waitFor } from './wait-for.ts'

export type BootedService = {
  readonly url: string
  /** Tells it to stop, and answers with its exit code. */
  stop(): Promise<number | null>
}

/** A service's `main.ts` as a process of its own, on a free port: returns once it can answer and hears of events. */
export async function bootService(main: string, env: Readonly<Record<string, string>>): Promise<BootedService> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const shared = { INTERNAL_SECRET: TEST_INTERNAL_SECRET, PORT: String(port), LOG_LEVEL: 'warn' }
  const service = spawn(process.execPath, [main], {
    env: { ...shared, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exited = once(service, 'exit').then(([code]) => code as number | null)
  const stop = async () => {
    service.kill('SIGTERM')
    return exited
  }
  try {
    const isReady = async () => {
      if (service.exitCode !== null) throw new Error(`${main} ended with exit code ${service.exitCode}`)
      const answer = await fetch(`${url}/health/readiness`).catch(() => undefined)
      if (answer?.ok !== true) return false
      const { dependencies } = (await answer.json()) as { dependencies: Record<string, { status: string }> }
      return dependencies['nats']?.status === 'up'
    }
    await waitFor('readiness', isReady, 60_000)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}
