import type { CpuTimes } from './cpu.ts'
import type { LoadResult } from './load/load.ts'
import type { Operation } from './operation.ts'

export type Measured = { readonly result: LoadResult; readonly cpu: CpuTimes }
export type Row = { readonly operation: Operation; readonly system: Measured; readonly limit: Measured | undefined }

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

function ratio({ system, limit }: Row): number | undefined {
  return limit === undefined || limit.result.perSecond === 0
    ? undefined
    : system.result.perSecond / limit.result.perSecond
}

function ratioOf(row: Row): string {
  return ratio(row)?.toFixed(2) ?? ''
}

function verdictOf(row: Row): string {
  const { leastRatio, leastPerSecond, mostCpuMicros } = row.operation
  const parts: string[] = []
  const reached = ratio(row)
  if (leastRatio !== undefined && reached !== undefined)
    parts.push(`≥ ${leastRatio}: ${reached >= leastRatio ? 'yes' : 'NO'}`)
  if (leastPerSecond !== undefined)
    parts.push(`≥ ${leastPerSecond}/s: ${row.system.result.perSecond >= leastPerSecond ? 'yes' : 'NO'}`)
  if (mostCpuMicros !== undefined) {
    const ms = mostCpuMicros.processes.reduce((sum, name) => sum + (row.system.cpu[name] ?? 0), 0)
    const micros = (ms * 1000) / Math.max(row.system.result.requests, 1)
    parts.push(
      `${mostCpuMicros.processes.join(' + ')} ≤ ${mostCpuMicros.micros} µs CPU: ${micros.toFixed(0)} ${micros <= mostCpuMicros.micros ? 'yes' : 'NO'}`,
    )
  }
  if (row.system.result.errors > 0) parts.push('ERRORS')
  return parts.join('; ')
}
