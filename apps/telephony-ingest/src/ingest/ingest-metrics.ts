import { Counter, Gauge, type Registry } from '@dealwire/telemetry'
import type { Gatherer } from './gather.ts'

export type IngestMetrics = { readonly refused: Counter<'reason'> }

export function ingestMetrics(registry: Registry): IngestMetrics {
  return {
    refused: new Counter({
      name: 'telephony_webhooks_refused_total',
      help: 'Webhooks that were not accepted, by what was wrong with their credentials',
      labelNames: ['reason'],
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
