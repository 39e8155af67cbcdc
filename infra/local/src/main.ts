import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from './local-server.ts'
import { logTail } from './log-tail.ts'
import type { OnCrash } from './managed-process.ts'
import { readOptions, usage } from './options.ts'
import { progress } from './progress.ts'
import { start } from './start.ts'

// Ctrl-C may arrive more than once: from the terminal, and again from npm. Only a later one means "at once".
const sameKeyPressMs = 1_000
const settleMs = 5_000

const print = (line: string) => void process.stdout.write(`${line}\n`)
const complain = (text: string) => void process.stderr.write(`\n${text}\n`)

const abort = new AbortController()
const cleanUp = new AsyncDisposableStack()
let isRunning = false
let stopping: { since: number } | undefined
let starting: Promise<void> = Promise.resolve()

async function stop(exitCode: number): Promise<never> {
  stopping = { since: performance.now() }
  abort.abort(new Error('interrupted'))
  await Promise.race([starting.catch(() => undefined), sleep(settleMs)])
  await cleanUp.disposeAsync().catch((error: unknown) => {
    complain(describe(error))
  })
  process.exit(exitCode)
}

function onSignal(signal: NodeJS.Signals): void {
  if (!stopping) {
    print('\nStopping …')
    // Stopped as wished is no failure, which npm would report at length.
    void stop(isRunning ? 0 : 128 + constants.signals[signal])
  } else if (performance.now() - stopping.since > sameKeyPressMs) {
    // Whatever still runs is ended by its guard as soon as this process has gone.
    process.exit(1)
  }
}

const onCrash: OnCrash = ({ name, ending, logFile }) => {
  if (stopping) return
  complain(`${name} ended unexpectedly (${ending}). The last lines of ${logFile}:\n\n${logTail(logFile)}`)
  print('\nStopping everything else …')
  void stop(1)
}

function describe(error: unknown): string {
  if (error instanceof SetupError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env)
  if (!options) return print(usage)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  await start(options, { step: progress(print, abort.signal), print, signal: abort.signal, onCrash, cleanUp })
  isRunning = true
}

starting = main()
try {
  await starting
} catch (error) {
  if (!stopping) {
    complain(describe(error))
    await stop(1)
  }
}
