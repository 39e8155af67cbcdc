import type { Fixture } from '../fixture.ts'
import { load } from '../load/load.ts'
import type { System } from '../system.ts'
import { askProgram } from './ask-program.ts'
import type { OpenLoopOrder, OpenLoopResult } from './open-loop.ts'

const CAPACITY_SECONDS = 4
const WARM_UP_SECONDS = 3
/** Enough of them for a 99th percentile, too few to be load themselves. */
const DIRECT_PER_SECOND = 500
const WANTED_MS = 3

/**
 * What the gateway adds to an answer at half of what it can do at most. Both are asked in the same seconds: the gateway at a fixed
 * rate, and the service behind it directly now and then, so that whatever else the machine does is in both.
 */
export async function measureAddedLatency(system: System, fixture: Fixture, seconds: number): Promise<string> {
  const company = fixture.companies[0]
  if (company === undefined) throw new Error('The fixture has no companies')
  const { perSecond } = await load({
    operation: 'empty answer',
    target: 'system',
    url: system.emptyUrl,
    connections: 32,
    durationSeconds: CAPACITY_SECONDS,
    runId: 1,
    fixture,
  })
  const common = { path: '/v1/deals', authorization: `Bearer ${company.accessToken}` }
  const order: OpenLoopOrder = {
    seconds,
    warmUpSeconds: WARM_UP_SECONDS,
    targets: [
      { ...common, name: 'through the gateway', url: system.emptyUrl, perSecond: Math.round(perSecond / 2) },
      { ...common, name: 'the service directly', url: system.nothingUrl, perSecond: DIRECT_PER_SECOND },
    ],
  }
  const results = await askProgram<OpenLoopResult[]>('open-loop.ts', order)
  return report(results, order, perSecond)
}

function report(results: readonly OpenLoopResult[], order: OpenLoopOrder, capacity: number): string {
  const [through, direct] = results
  const added = (through?.p99 ?? 0) - (direct?.p99 ?? 0)
  const lines = results.map((result, index) =>
    [
      result.name,
      order.targets[index]?.perSecond,
      ...[result.p50, result.p95, result.p99, result.latenessP99].map((ms) => ms.toFixed(2)),
      result.errors,
    ].join(' | '),
  )
  return [
    `Capacity ${Math.round(capacity)} req/s, closed loop; measured at half of it, open loop, ${order.seconds} s.`,
    '',
    '| target | req/s | p50 ms | p95 ms | p99 ms | sent late p99 ms | errors |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines.map((line) => `| ${line} |`),
    '',
    `Added at p99: ${added.toFixed(2)} ms; wanted < ${WANTED_MS} ms: ${verdictOf(added, results)}.`,
  ].join('\n')
}

function verdictOf(added: number, results: readonly OpenLoopResult[]): string {
  if (results.some(({ latenessP99 }) => latenessP99 > WANTED_MS)) return 'no verdict, the generator itself had no time'
  return added < WANTED_MS ? 'yes' : 'NO'
}
