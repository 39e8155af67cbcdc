import type { CpuTimes } from './cpu.ts'
import type { LoadResult } from './load/load.ts'
import type { Operation } from './operation.ts'

export type Measured = { readonly result: LoadResult; readonly cpu: CpuTimes }
/** What was measured, and what is wanted of it. */
type Wanted = Pick<
  Operation,
  'name' | 'leastRatio' | 'leastPerSecond' | 'leastTimesUnshared' | 'mostCpuMicros' | 'mostP95Ms'
> & {
  readonly mostP99Ms?: number
}
export type Row = {
  readonly operation: Wanted
  readonly system: Measured
  readonly limit?: Measured | undefined
  /** The same with a commit for each request. */
  readonly unshared?: Measured | undefined
  /** Of a trial, which judges itself. */
  readonly verdict?: string
}

const headings = [
  'operation',
  'req/s',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'errors',
  'CPU ms/req',
  'by process',
  'of the bare limit',
  'wanted',
]

/** The report as a Markdown table: one line per operation, and one for its bare limit. */
export function table(rows: readonly Row[]): string {
  const lines = rows.flatMap((row) => [
    ...(row.limit === undefined ? [] : [lineOf(`${row.operation.name} (bare limit)`, row.limit, '', '')]),
    ...(row.unshared === undefined
      ? []
      : [lineOf(`${row.operation.name} (a commit for each request)`, row.unshared, '', '')]),
    lineOf(row.operation.name, row.system, ratioOf(row), verdictOf(row)),
  ])
  return [headings, headings.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function lineOf(name: string, { result, cpu }: Measured, ratio: string, verdict: string): string[] {
  const perRequest = (ms: number) => (result.requests === 0 ? 0 : ms / result.requests)
  const busy = Object.entries(cpu).filter(([, ms]) => perRequest(ms) >= 0.005)
  const total = Object.values(cpu).reduce((sum, ms) => sum + ms, 0)
  return [
    name,
    Math.round(result.perSecond).toString(),
    result.p50.toFixed(1),
    result.p95.toFixed(1),
    result.p99.toFixed(1),
    String(result.errors),
    perRequest(total).toFixed(3),
    busy.map(([process, ms]) => `${process} ${perRequest(ms).toFixed(3)}`).join(', '),
    ratio,
    verdict,
  ]
}

function ratio({ system }: Row, peer: Measured | undefined): number | undefined {
  return peer === undefined || peer.result.perSecond === 0 ? undefined : system.result.perSecond / peer.result.perSecond
}

function ratioOf(row: Row): string {
  return ratio(row, row.limit)?.toFixed(2) ?? ''
}

function verdictOf(row: Row): string {
  const { leastRatio, mostCpuMicros } = row.operation
  const parts: string[] = [row.verdict, timesUnshared(row)].filter((part) => part !== undefined)
  const reached = ratio(row, row.limit)
  if (leastRatio !== undefined && reached !== undefined)
    parts.push(`≥ ${leastRatio}: ${reached >= leastRatio ? 'yes' : 'NO'}`)
  if (mostCpuMicros !== undefined) {
    const ms = mostCpuMicros.processes.reduce((sum, name) => sum + (row.system.cpu[name] ?? 0), 0)
    const micros = (ms * 1000) / Math.max(row.system.result.requests, 1)
    parts.push(
      `${mostCpuMicros.processes.join(' + ')} ≤ ${mostCpuMicros.micros} µs CPU: ${micros.toFixed(0)} ${micros <= mostCpuMicros.micros ? 'yes' : 'NO'}`,
    )
  }
  parts.push(...limitsOf(row))
  if (row.system.result.errors > 0) parts.push('ERRORS')
  return parts.join('; ')
}

function limitsOf({ operation: { leastPerSecond, mostP95Ms, mostP99Ms }, system: { result } }: Row): string[] {
  const said = (wanted: string, isMet: boolean) => `${wanted}: ${isMet ? 'yes' : 'NO'}`
  return [
    ...(leastPerSecond === undefined ? [] : [said(`≥ ${leastPerSecond}/s`, result.perSecond >= leastPerSecond)]),
    ...(mostP95Ms === undefined ? [] : [said(`p95 ≤ ${mostP95Ms} ms`, result.p95 <= mostP95Ms)]),
    ...(mostP99Ms === undefined ? [] : [said(`p99 < ${mostP99Ms} ms`, result.p99 < mostP99Ms)]),
  ]
}

function timesUnshared(row: Row): string | undefined {
  const least = row.operation.leastTimesUnshared
  const times = ratio(row, row.unshared)
  if (least === undefined || times === undefined) return undefined
  return `≥ ${least} × a commit for each request: ${times.toFixed(1)} ${times >= least ? 'yes' : 'NO'}`
}
