import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import type { ChildServer } from './child-server.ts'
import { eventLoads } from './events/event-loads.ts'
import { measureEvents } from './events/measure-events.ts'
import type { Fixture } from './fixture.ts'
import { startLimit } from './limit/start.ts'
import { measure, type Target } from './measure.ts'
import type { Operation } from './operation.ts'
import { operationNamed } from './operations.ts'
import { prepareFixture, withFreshTokens } from './prepare.ts'
import { type Measured, type Row, table } from './report.ts'
import { readSettings, type Settings, usage } from './settings.ts'
import { type System, startSystem } from './system.ts'
import { trials } from './trials/trials.ts'

const say = (line: string) => void process.stderr.write(`${line}\n`)

async function measureAll(settings: Settings): Promise<Row[]> {
  const system = await startSystem({ keep: settings.keep, say })
  try {
    say('Loading data')
    let fixture = await prepareFixture(system, settings)
    const limit = await startLimit(system.databaseUrl)
    try {
      const rows: Row[] = []
      for (const name of settings.only) {
        say(`Measuring: ${name}`)
        const events = eventLoads.find((one) => one.name === name)
        if (events !== undefined) {
          const measured = await measureEvents(events, system, fixture.companies, settings.seconds)
          rows.push({ operation: events, system: measured, limit: undefined })
          continue
        }
        fixture = await withFreshTokens(system.gatewayUrl, fixture)
        const trial = trials.find((one) => one.name === name)
        const row =
          trial === undefined
            ? await measureOperation(operationNamed(name), { system, limit, fixture, settings })
            : { operation: trial, ...(await trial.run({ system, fixture })) }
        complain(row)
        rows.push(row)
      }
      return rows
    } finally {
      await limit.stop()
    }
  } finally {
    await system.stop()
  }
}

type Place = {
  readonly system: System
  readonly limit: ChildServer
  readonly fixture: Fixture
  readonly settings: Settings
}

async function measureOperation(operation: Operation, { system, limit, fixture, settings }: Place): Promise<Row> {
  const at = (target: Target) => measure(operation, target, fixture, settings)
  const postgres = system.pids['postgres'] ?? 0
  const bare = operation.limit && (await at({ kind: 'limit', url: limit.url, pids: { limit: limit.pid, postgres } }))
  const unshared = operation.leastTimesUnshared && (await measureUnshared(system, at))
  const whole = await at(
    operation.toNothing
      ? { kind: 'system', url: system.emptyUrl, pids: system.emptyPids }
      : { kind: 'system', url: system.gatewayUrl, pids: system.pids },
  )
  return { operation, system: whole, limit: bare, unshared: unshared || undefined }
}

async function measureUnshared(system: System, at: (target: Target) => Promise<Measured>): Promise<Measured> {
  const unshared = await system.startUnshared()
  try {
    return await at({ kind: 'system', url: unshared.url, pids: unshared.pids })
  } finally {
    await unshared.stop()
  }
}

function complain({ operation, system, limit, unshared }: Row): void {
  for (const [target, measured] of Object.entries({ gateway: system, 'bare limit': limit, unshared })) {
    if (measured?.result.firstError) say(`  ${operation.name}, ${target}: ${measured.result.firstError}`)
  }
}

function heading({ companies, dealsPerCompany, seconds, connections }: Settings): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`
  const data = `${companies} companies × ${dealsPerCompany} deals`
  return `${new Date().toISOString().slice(0, 10)}, commit ${commit}. ${machine}. ${data}; ${seconds} s per operation, ${connections} connections unless named.`
}

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2))
  if (settings === undefined) {
    process.stdout.write(`${usage}\n`)
    return
  }
  const rows = await measureAll(settings)
  process.stdout.write(`\n${heading(settings)}\n\n${table(rows)}\n`)
}

try {
  await main()
} catch (error) {
  // A flag that cannot be used needs no stack.
  const isFlag = error instanceof RangeError || (error instanceof TypeError && 'code' in error)
  say(isFlag ? `${error.message}\n\n${usage}` : String(error instanceof Error ? error.stack : error))
  process.exitCode = 1
}
