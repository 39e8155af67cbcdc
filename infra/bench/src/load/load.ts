import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Fixture } from '../fixture.ts'

/** What one run of load is to do. Travels to the load process as JSON. */
export type LoadOrder = {
  readonly operation: string
  readonly target: 'system' | 'limit'
  readonly url: string
  readonly connections: number
  readonly durationSeconds: number
  /** Different for each run, so that no two runs send the same request. */
  readonly runId: number
  readonly fixture: Fixture
}

export type LoadResult = {
  readonly requests: number
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Connection errors, timeouts and answers other than 2xx. */
  readonly errors: number
  /** The first unexpected answer, to say what went wrong. */
  readonly firstError: string | null
}

const program = fileURLToPath(new URL('generate.ts', import.meta.url))

/** Sends load from a process of its own, so that its CPU time is nobody else's. */
export async function load(order: LoadOrder): Promise<LoadResult> {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(order))
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  if (code !== 0) throw new Error(`The load process ended with code ${code}`)
  return JSON.parse(output) as LoadResult
}
