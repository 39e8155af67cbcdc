import { spawn } from 'node:child_process'
import { repositoryRoot } from './folders.ts'
import { SetupError } from './local-server.ts'

/** Bundles every app. What has not changed since the last time comes from Turborepo's cache. */
export async function buildServices(signal: AbortSignal): Promise<void> {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
  const child = spawn('turbo', ['run', 'build', '--output-logs=errors-only', '--log-order=grouped'], {
    cwd: repositoryRoot,
    env,
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-20_000)
    })
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  signal.throwIfAborted()
  if (code !== 0) throw new SetupError(`The build failed:\n${output}`)
}
