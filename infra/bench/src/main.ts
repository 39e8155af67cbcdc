import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { cpuSince, cpuTimes } from './cpu.ts'
import type { Fixture } from './fixture.ts'
import { startLimit } from './limit/start.ts'
import { load } from './load/load.ts'
import { type Operation, operationNamed } from './operations.ts'
import { prepareFixture, withFreshTokens } from './prepare.ts'
import { type Measured, type Row, table } from './report.ts'
import { readSettings, type Settings, usage } from './settings.ts'
import { startSystem } from './system.ts'

const WARM_UP_SECONDS = 2

const say = (line: string) => void process.stderr.write(`${line}\n`)

type Target = {
  readonly kind: 'system' | 'limit'
  readonly url: string
  readonly pids: Readonly<Record<string, number>>
}

let runs = 0

/** One measurement, after a shorter run of the same that warms caches, pools and the compiler. */
async function measure(operation: Operation, target: Target, fixture: Fixture, settings: Settings): Promise<Measured> {
  const order = {
    operation: operation.name,
    target: target.kind,
    url: target.url,
    connections: operation.connections ?? settings.connections,
    fixture,
  }
  await load({ ...order, durationSeconds: WARM_UP_SECONDS, runId: runs++ })
  const before = cpuTimes(target.pids)
  const result = await load({ ...order, durationSeconds: settings.seconds, runId: runs++ })
  if (result.firstError !== null) say(`  ${operation.name} (${target.kind}): ${result.firstError}`)
  return { result, cpu: cpuSince(before, cpuTimes(target.pids)) }
}

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
          { kind: 'system', url: system.gatewayUrl, pids: system.pids },
          fixture,
          settings,
        )
        rows.push({ operation, system: whole, limit: bare })
      }
      return rows
    } finally {
      await limit.stop()
    }
  } finally {
    await system.stop()
  }
}

function heading({ companies, dealsPerCompany, seconds, connections }: Settings): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`
  const data = `${companies} companies × ${dealsPerCompany} deals`
  return `${new Date().toISOString().slice(0, 10)}, commit ${commit}. ${machine}. ${data}; ${seconds} s per operation, ${connections} connections unless named.`
}

const settings = readSettings(process.argv.slice(2))
if (settings === undefined) {
  process.stdout.write(`${usage}\n`)
} else {
  const rows = await measureAll(settings)
  process.stdout.write(`\n${heading(settings)}\n\n${table(rows)}\n`)
}
