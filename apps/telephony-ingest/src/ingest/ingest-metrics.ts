import { Counter, Gauge, type Registry } from '@dealwire/telemetry'
import type { Gatherer } from './gather.ts'

export type IngestMetrics = {
  readonly refused: Counter<'reason'>
  /** `accepted`, `duplicate` or `not_understood`; by connection they are on the connection itself. */
  readonly events: Counter<'outcome'>
}

export function ingestMetrics(registry: Registry): IngestMetrics {
  return {
    refused: new Counter({
      name: 'telephony_webhooks_refused_total',
      help: 'Webhooks that were not accepted, by what was wrong with their credentials',
      labelNames: ['reason'],
      registers: [registry],
    }),
    events: new Counter({
      name: 'telephony_events_total',
      help: 'Events that arrived with the right credentials: accepted, duplicate or not understood',
      labelNames: ['outcome'],
      registers: [registry],
    }),
  }
}

/** How full the queue is and how many requests share a commit. */
export function observeGatherer(registry: Registry, gatherer: Pick<Gatherer<unknown, unknown>, 'figures'>): void {
  const gauges = {
    queued: 'Events that wait for a commit',
    commits: 'Commits of arrived events since start',
    items: 'Requests that those commits answered',
  } as const
  for (const [name, help] of Object.entries(gauges) as [keyof typeof gauges, string][]) {
    new Gauge({
      name: `telephony_ingest_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(gatherer.figures()[name])
      },
    })
  }
}
