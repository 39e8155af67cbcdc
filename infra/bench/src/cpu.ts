import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Names of the system's processes and what the operating system has charged to each so far, in milliseconds. */
export type CpuTimes = Readonly<Record<string, number>>

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
const msPerTick = 1000 / ticksPerSecond

type Stat = { parent: number; own: number; ended: number }

/** The fields of /proc/<pid>/stat after the name, which may itself hold spaces and brackets. */
function readStat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const at = (index: number) => fields[index] ?? 0
    return { parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) }
  } catch {
    return undefined // it has ended since it was listed; its time is in its parent's `ended`
  }
}

/** A process with its children, those that have ended included: Postgres works in one child per connection. */
function familyTicks(pid: number): number {
  const parent = readStat(pid)
  if (parent === undefined) return 0
  let ticks = parent.own + parent.ended
  for (const entry of readdirSync('/proc')) {
    const child = /^\d+$/.test(entry) ? readStat(Number(entry)) : undefined
    if (child?.parent === pid) ticks += child.own + child.ended
  }
  return ticks
}

/** What each process has used since it started. Linux only: elsewhere the report has no CPU columns. */
export function cpuTimes(pids: Readonly<Record<string, number>>): CpuTimes {
  if (process.platform !== 'linux') return {}
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, familyTicks(pid) * msPerTick]))
}

export function cpuSince(before: CpuTimes, after: CpuTimes): CpuTimes {
  return Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - (before[name] ?? 0)]))
}
