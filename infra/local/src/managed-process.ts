import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, renameSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { guard } from './guard.ts'
import { SetupError } from './local-server.ts'
import { logTail } from './log-tail.ts'
import { endLeftover, removePidFile, writePidFile } from './pid-file.ts'
import { waitUntil } from './wait-until.ts'

export type Command = {
  name: string
  command: string
  args: string[]
  cwd?: string
  env?: NodeJS.ProcessEnv
  runAs?: { uid: number; gid: number }
  logFile: string
  pidFile: string
  /** The signal for an orderly end. */
  stopSignal: NodeJS.Signals
  /** How often a start that ends in an early exit is tried. */
  attempts: number
  isReady(): Promise<boolean>
  /** Called when the process ends although nobody asked it to. */
  onCrash?: OnCrash
}

/** `ending` is how it ended: "exit code 1", "SIGKILL". */
export type OnCrash = (crashed: { name: string; ending: string; logFile: string }) => void

export type ManagedProcess = {
  readonly name: string
  readonly pid: number | undefined
  start(): Promise<void>
  stop(): Promise<void>
  kill(signal?: NodeJS.Signals): Promise<void>
}

type Running = { child: ChildProcess; pid: number; exited: Promise<string>; release: () => void; isUp: boolean }

const readyTimeoutMs = 60_000
const stopTimeoutMs = 25_000
const attemptPauseMs = 250
const longLogBytes = 20 * 1024 * 1024

/** A child that writes to a log file, can be stopped, killed and started again, and never outlives this process. */
export function managedProcess(command: Command): ManagedProcess {
  let running: Running | undefined

  const launch = async () => {
    const started = spawnLogged(command)
    running = started
    void started.exited.then((ending) => {
      if (running !== started) return
      running = undefined
      removePidFile(command.pidFile)
      if (started.isUp) command.onCrash?.({ name: command.name, ending, logFile: command.logFile })
    })
    started.isUp = await becomesReady(command, started)
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
    removePidFile(command.pidFile)
  }

  return {
    name: command.name,
    get pid() {
      return running?.pid
    },
    async start() {
      if (running) return
      await endLeftover(command.pidFile, command.stopSignal)
      const giveUpAt = performance.now() + readyTimeoutMs
      for (let attempt = 1; attempt <= command.attempts && performance.now() < giveUpAt; attempt++) {
        if (await launch()) return
        await end('SIGKILL')
        if (attempt < command.attempts) await sleep(attemptPauseMs)
      }
      throw new SetupError(
        `${command.name} did not start. The last lines of ${command.logFile}:\n\n${logTail(command.logFile)}`,
      )
    },
    stop: () => end(command.stopSignal),
    kill: (signal = 'SIGKILL') => end(signal),
  }
}

function spawnLogged(command: Command): Running {
  const log = openLog(command.logFile)
  // A session of its own: Ctrl-C in the terminal reaches this process only, which then stops everything in order.
  const child = spawn(command.command, command.args, {
    ...command.runAs,
    ...(command.cwd && { cwd: command.cwd }),
    env: command.env ?? process.env,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
    child.once('error', (error) => resolve(error.message))
  })
  if (child.pid === undefined) throw new SetupError(`${command.command} cannot be run`)
  writePidFile(command.pidFile, child.pid)
  const release = guard(child.pid, command.stopSignal)
  void exited.then(release)
  return { child, pid: child.pid, exited, release, isUp: false }
}

function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > longLogBytes) renameSync(path, `${path}.old`)
  return openSync(path, 'a')
}

/** True when the process answers, false when it exits first or stays silent. */
async function becomesReady(command: Command, { exited }: Running): Promise<boolean> {
  let hasExited = false
  void exited.then(() => {
    hasExited = true
  })
  let isReady = false
  await waitUntil(
    async () => {
      isReady = !hasExited && (await command.isReady())
      return isReady || hasExited
    },
    { timeoutMs: readyTimeoutMs },
  )
  return isReady
}
