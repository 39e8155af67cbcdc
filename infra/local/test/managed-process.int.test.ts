import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { testFolder } from '../src/folders.ts'
import { waitUntil } from '../src/index.ts'
import { type Command, managedProcess } from '../src/managed-process.ts'
import { processIdentity } from '../src/process-identity.ts'

function command(script: string, rest: Partial<Command> = {}): Command {
  const folder = join(testFolder, `process-${randomUUID().slice(0, 8)}`)
  mkdirSync(folder, { recursive: true })
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return {
    name: 'example',
    command: process.execPath,
    args: ['-e', script],
    logFile: join(folder, 'example.log'),
    pidFile: join(folder, 'example.pid'),
    stopSignal: 'SIGTERM',
    attempts: 1,
    isReady: async () => true,
    ...rest,
  }
}

const staysUp = 'setInterval(() => {}, 1000)'

test('a process that ends before it is ready is reported with the last lines of its log', async () => {
  const failing = managedProcess(
    command("console.log('PORT is missing'); process.exit(1)", { isReady: async () => false }),
  )
  await expect(failing.start()).rejects.toThrow(/example did not start[\s\S]*PORT is missing/)
})

test('a program that does not exist is reported, not thrown from nowhere', async () => {
  await expect(managedProcess(command('', { command: '/no/such/program' })).start()).rejects.toThrow('/no/such/program')
})

test('an end that nobody asked for is a crash; a stop is not', async () => {
  const crashes: string[] = []
  const example = managedProcess(command(staysUp, { onCrash: ({ ending }) => crashes.push(ending) }))
  await example.start()
  await example.stop()
  expect(crashes).toEqual([])

  await example.start()
  process.kill(example.pid ?? 0, 'SIGKILL')
  expect(await waitUntil(async () => crashes.length > 0, { timeoutMs: 30_000 })).toBe(true)
  expect(crashes).toEqual(['SIGKILL'])
  expect(example.pid).toBeUndefined()
})

test('a process that an earlier run left behind is ended before a new one starts', async () => {
  const shared = command(staysUp)
  const leftBehind = managedProcess(shared)
  await leftBehind.start()
  const pid = leftBehind.pid ?? 0

  const next = managedProcess(shared)
  await next.start()
  onTestFinished(next.stop)

  expect(processIdentity(pid)).toBeUndefined()
  expect(JSON.parse(readFileSync(shared.pidFile, 'utf8')).pid).toBe(next.pid)
  await next.stop()
  expect(existsSync(shared.pidFile)).toBe(false)
})
