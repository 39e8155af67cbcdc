import { cpuSince, cpuTimes } from './cpu.ts'
import type { Fixture } from './fixture.ts'
import { load } from './load/load.ts'
import type { Operation } from './operation.ts'
import type { Measured } from './report.ts'
import type { Settings } from './settings.ts'

const WARM_UP_SECONDS = 2

export type Target = {
  readonly kind: 'system' | 'limit'
  readonly url: string
  readonly pids: Readonly<Record<string, number>>
}

let runs = 0

/** One measurement, after a shorter run of the same that warms caches, pools and the compiler. */
export async function measure(
  operation: Operation,
  target: Target,
  fixture: Fixture,
  settings: Pick<Settings, 'connections' | 'seconds'>,
): Promise<Measured> {
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
  return { result, cpu: cpuSince(before, cpuTimes(target.pids)) }
}
