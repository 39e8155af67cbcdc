import { setTimeout as sleep } from 'node:timers/promises'
import type { Fixture } from '../fixture.ts'
import { load } from '../load/load.ts'
import { operationNamed } from '../operations.ts'
import { withFreshTokens } from '../prepare.ts'
import type { System } from '../system.ts'
import { type ProcessFigures, processFigures } from './process-figures.ts'

const EVERY_MS = 30_000
/** The load is sent in stretches, because access tokens live 15 minutes. */
const STRETCH_SECONDS = 240
/** The heap needs this share of the time to find its size; after it, nothing may grow any more. */
const SETTLING = 0.4
const MOST_GROWTH = 0.1
const MOST_GROWTH_MB = 15

type Sample = { readonly minute: number; readonly figures: Readonly<Record<string, ProcessFigures>> }
type SoakOptions = {
  readonly minutes: number
  readonly operation: string
  readonly connections: number
  readonly say: (line: string) => void
}

/** Full load for so long, with memory and handles of every service each 30 seconds, and whether any of them grows. */
export async function soak(system: System, fixture: Fixture, options: SoakOptions): Promise<string> {
  const { minutes, operation, say } = options
  const startedAt = performance.now()
  const endsAt = startedAt + minutes * 60_000
  const samples: Sample[] = []
  let isOver = false

  async function sample(): Promise<void> {
    while (!isOver) {
      const figures: Record<string, ProcessFigures> = {}
      for (const [name, url] of Object.entries(system.serviceUrls)) figures[name] = await processFigures(url)
      samples.push({ minute: (performance.now() - startedAt) / 60_000, figures })
      say(lineOf(samples.at(-1)))
      await Promise.race([sleep(EVERY_MS), loading])
    }
  }

  const loading = sendLoad(system, fixture, options, endsAt).finally(() => {
    isOver = true
  })
  const [errors] = await Promise.all([loading, sample()])
  const verdicts = Object.keys(system.serviceUrls).map((name) => verdictOf(name, samples))
  return [`Soak of ${minutes} minutes, ${operation}: ${errors} errors.`, ...verdicts].join('\n')
}

async function sendLoad(system: System, given: Fixture, options: SoakOptions, endsAt: number): Promise<number> {
  const operation = operationNamed(options.operation)
  let fixture = given
  let errors = 0
  for (let runId = 100; performance.now() < endsAt; runId++) {
    fixture = await withFreshTokens(system.gatewayUrl, fixture)
    const left = Math.ceil((endsAt - performance.now()) / 1000)
    const result = await load({
      operation: operation.name,
      target: 'system',
      url: system.gatewayUrl,
      connections: operation.connections ?? options.connections,
      durationSeconds: Math.max(1, Math.min(left, STRETCH_SECONDS)),
      runId,
      fixture,
    })
    errors += result.errors
    if (result.firstError !== null) options.say(`  ${result.firstError}`)
  }
  return errors
}

function lineOf(sample: Sample | undefined): string {
  const cells = Object.entries(sample?.figures ?? {}).map(
    ([name, { rssMb, heapMb, handles }]) => `${name} ${rssMb.toFixed(0)}/${heapMb.toFixed(0)} MB ${handles}`,
  )
  return `${(sample?.minute ?? 0).toFixed(1)} min (RSS/heap, handles): ${cells.join(' · ')}`
}

/** The middle of the samples after settling against the middle of the last as many: single peaks are not growth. */
function verdictOf(name: string, samples: readonly Sample[]): string {
  const settled = samples.slice(Math.ceil(samples.length * SETTLING)).flatMap(({ figures }) => figures[name] ?? [])
  if (settled.length < 4) return `${name}: too short for a verdict`
  const half = Math.floor(settled.length / 2)
  const grown = (of: (figures: ProcessFigures) => number) => ({
    from: median(settled.slice(0, half).map(of)),
    to: median(settled.slice(half).map(of)),
  })
  const [rss, handles] = [grown(({ rssMb }) => rssMb), grown((figures) => figures.handles)]
  const isFlat = rss.to - rss.from <= Math.max(MOST_GROWTH_MB, rss.from * MOST_GROWTH)
  return (
    `${name}: RSS ${rss.from.toFixed(0)} → ${rss.to.toFixed(0)} MB, handles ${handles.from} → ${handles.to}: ` +
    `flat: ${isFlat ? 'yes' : 'NO'}`
  )
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
