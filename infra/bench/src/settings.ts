import { parseArgs } from 'node:util'
import { eventLoads } from './events/event-loads.ts'
import { operations } from './operations.ts'
import { trials } from './trials/trials.ts'

const names = [...operations, ...eventLoads, ...trials].map(({ name }) => name)

export type Settings = {
  readonly companies: number
  readonly dealsPerCompany: number
  readonly seconds: number
  readonly connections: number
  /** Names of the operations to run. */
  readonly only: readonly string[]
  readonly keep: boolean
}

const scales = {
  small: { companies: 5, dealsPerCompany: 5_000 },
  full: { companies: 50, dealsPerCompany: 10_000 },
} as const

export const usage = `pnpm bench [options]   measures a whole system of its own against the bare limit, and prints a table

  --scale small|full   ${scales.small.companies} companies × ${scales.small.dealsPerCompany} deals, or ${scales.full.companies} × ${scales.full.dealsPerCompany} (default)
  --companies N, --deals N   other sizes
  --seconds N          length of each measurement (default 5)
  --connections N      concurrent requests, where the operation does not say (default 32)
  --only text          operations whose name contains the text; may be repeated
  --keep               keeps the data for the next run with the same sizes
  --help               shows this

Operations: ${names.join(' · ')}`

/** Undefined when help is asked for. */
export function readSettings(args: readonly string[]): Settings | undefined {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      scale: { type: 'string', default: 'full' },
      companies: { type: 'string' },
      deals: { type: 'string' },
      seconds: { type: 'string', default: '5' },
      connections: { type: 'string', default: '32' },
      only: { type: 'string', multiple: true, default: [] },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  const scale = scales[values.scale as keyof typeof scales]
  if (scale === undefined) throw new RangeError(`--scale is small or full, not '${values.scale}'`)
  return {
    companies: whole('--companies', values.companies ?? String(scale.companies), 500),
    dealsPerCompany: whole('--deals', values.deals ?? String(scale.dealsPerCompany), 2_000_000),
    seconds: whole('--seconds', values.seconds, 60),
    connections: whole('--connections', values.connections, 1_000),
    only: chosen(values.only),
    keep: values.keep,
  }
}

function whole(flag: string, text: string, most: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new RangeError(`${flag} is a whole number from 1 to ${most}, not '${text}'`)
  return value
}

function chosen(parts: readonly string[]): string[] {
  const wanted = parts.length === 0 ? names : names.filter((name) => parts.some((part) => name.includes(part)))
  if (wanted.length === 0)
    throw new RangeError(`No operation is named like ${parts.join(', ')}. There are: ${names.join(', ')}`)
  return wanted
}
