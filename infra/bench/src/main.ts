import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { measureAddedLatency } from './edge/added-latency.ts'
import { holdIdleStreams } from './edge/idle-streams.ts'
import { soak } from './edge/soak.ts'
import { eventLoads } from './events/event-loads.ts'
import { measureEvents } from './events/measure-events.ts'
import { startLimit } from './limit/start.ts'
import { measure } from './measure.ts'
import { operationNamed } from './operations.ts'
import { prepareFixture, withFreshTokens } from './prepare.ts'
import { type Row, table } from './report.ts'
import { type Instead, readSettings, type Settings, usage } from './settings.ts'
import { startSystem } from './system.ts'

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
        const operation = operationNamed(name)
        fixture = await withFreshTokens(system.gatewayUrl, fixture)
        const postgres = system.pids['postgres'] ?? 0
        const bare =
          operation.limit &&
          (await measure(
            operation,
            { kind: 'limit', url: limit.url, pids: { limit: limit.pid, postgres } },
            fixture,
            settings,
          ))
        const whole = await measure(
          operation,
          operation.toNothing
            ? { kind: 'system', url: system.emptyUrl, pids: system.emptyPids }
            : { kind: 'system', url: system.gatewayUrl, pids: system.pids },
          fixture,
          settings,
        )
        const row = { operation, system: whole, limit: bare }
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

const SOAK_OPERATION = 'launch day, mixed'

async function measureInstead(settings: Settings, instead: Instead): Promise<string> {
  const system = await startSystem({ keep: settings.keep, say })
  try {
    say('Loading data')
    const operation = settings.only.length === 1 ? (settings.only[0] ?? SOAK_OPERATION) : SOAK_OPERATION
    const fixture = await prepareFixture(system, { ...settings, only: [operation] })
    say(`Measuring: ${instead.kind}`)
    switch (instead.kind) {
      case 'added-latency':
        return await measureAddedLatency(system, fixture, settings.seconds)
      case 'soak': {
        const { connections } = settings
        return await soak(system, fixture, { minutes: instead.minutes, operation, connections, say })
      }
      case 'streams':
        return await holdIdleStreams(system, fixture, instead.count)
    }
  } finally {
    await system.stop()
  }
}

function complain({ operation, system, limit }: Row): void {
  for (const [target, measured] of Object.entries({ gateway: system, 'bare limit': limit })) {
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
  const { instead } = settings
  const result = instead === undefined ? table(await measureAll(settings)) : await measureInstead(settings, instead)
  process.stdout.write(`\n${heading(settings)}\n\n${result}\n`)
}

try {
  await main()
} catch (error) {
  // A flag that cannot be used needs no stack.
  const isFlag = error instanceof RangeError || (error instanceof TypeError && 'code' in error)
  say(isFlag ? `${error.message}\n\n${usage}` : String(error instanceof Error ? error.stack : error))
  process.exitCode = 1
}
