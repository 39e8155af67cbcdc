import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { guard } from './guard.ts'
import { type LocalServer, type ServerName, SetupError } from './local-server.ts'
import { logTail } from './log-tail.ts'
import { endLeftover, removePidFile, writePidFile } from './pid-file.ts'
import { waitUntil } from './wait-until.ts'

export type ServerCommand = {
  name: ServerName
  url: string
  command: string
  args: string[]
  env?: NodeJS.ProcessEnv
  runAs?: { uid: number; gid: number }
  logFile: string
  pidFile: string
  /** The signal for an orderly end. */
  stopSignal: NodeJS.Signals
  isReady(): Promise<boolean>
  /** Called when the server ends although nobody asked it to. */
  onCrash?: (name: ServerName, logFile: string) => void
}

type Running = { child: ChildProcess; pid: number; exited: Promise<void>; release: () => void; isUp: boolean }

const readyTimeoutMs = 30_000
const stopTimeoutMs = 15_000
// A server killed a moment ago may hold its port or shared memory a little longer.
const attempts = 20
const attemptPauseMs = 250

/** A server that runs as a child of this process, and never outlives it. */
export function serverProcess(spec: ServerCommand): LocalServer {
  let running: Running | undefined

  const launch = async () => {
    const started = spawnServer(spec)
    running = started
    void started.exited.then(() => {
      if (running !== started) return
      running = undefined
      removePidFile(spec.pidFile)
      if (started.isUp) spec.onCrash?.(spec.name, spec.logFile)
    })
    started.isUp = await answers(spec, started)
    return started.isUp
  }

  const end = async (signal: NodeJS.Signals) => {
    const ending = running
    running = undefined
    if (!ending) return
    ending.child.kill(signal)
    const timer = setTimeout(() => ending.child.kill('SIGKILL'), stopTimeoutMs)
    await ending.exited
    clearTimeout(timer)
    ending.release()
    removePidFile(spec.pidFile)
  }

  return {
    name: spec.name,
    url: spec.url,
    get pid() {
      return running?.pid
    },
    async start() {
      if (running) return
      await endLeftover(spec.pidFile, spec.stopSignal)
      const giveUpAt = performance.now() + readyTimeoutMs
      for (let attempt = 1; attempt <= attempts && performance.now() < giveUpAt; attempt++) {
        if (await launch()) return
        await end('SIGKILL')
        await sleep(attemptPauseMs)
      }
      throw new SetupError(`${spec.name} does not start. The end of ${spec.logFile}:\n${logTail(spec.logFile)}`)
    },
    stop: () => end(spec.stopSignal),
    kill: (signal = 'SIGKILL') => end(signal),
  }
}

function spawnServer(spec: ServerCommand): Running {
  const log = openSync(spec.logFile, 'a')
  // A session of its own: Ctrl-C in the terminal reaches this process only, which then stops everything in order.
  const child = spawn(spec.command, spec.args, {
    ...spec.runAs,
    env: spec.env ?? process.env,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  if (child.pid === undefined) throw new SetupError(`${spec.command} cannot be run`)
  writePidFile(spec.pidFile, child.pid)
  const release = guard(child.pid, spec.stopSignal)
  void exited.then(release)
  return { child, pid: child.pid, exited, release, isUp: false }
}

/** True when the server answers, false when it exits first or stays silent. */
async function answers(spec: ServerCommand, { exited }: Running): Promise<boolean> {
  let hasExited = false
  void exited.then(() => {
    hasExited = true
  })
  let isReady = false
  await waitUntil(
    async () => {
      isReady = !hasExited && (await spec.isReady())
      return isReady || hasExited
    },
    { timeoutMs: readyTimeoutMs },
  )
  return isReady
}
