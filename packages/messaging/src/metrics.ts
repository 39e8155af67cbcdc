import { Counter, Gauge, Histogram, type Registry } from '@dealwire/telemetry'

export type MessagingMetrics = ReturnType<typeof register>

const byRegistry = new WeakMap<Registry, MessagingMetrics>()

/** The messaging figures of a service; made once per registry, whatever the number of consumers. */
export function messagingMetrics(registry: Registry): MessagingMetrics {
  const known = byRegistry.get(registry)
  if (known !== undefined) return known
  const made = register(registry)
  byRegistry.set(registry, made)
  return made
}

function register(registry: Registry) {
  const registers = [registry]
  const labelNames = ['consumer'] as const
  return {
    relayActive: new Gauge({ name: 'relay_active', help: '1 in the process that publishes', registers }),
    relayLagEvents: new Gauge({
      name: 'relay_lag_events',
      help: 'Events logged but not published (counted up to 10,000)',
      registers,
    }),
    relayLagSeconds: new Gauge({ name: 'relay_lag_seconds', help: 'Age of the oldest event not published', registers }),
    relayPublished: new Counter({ name: 'relay_published_total', help: 'Events accepted by the stream', registers }),
    relayFailures: new Counter({
      name: 'relay_failures_total',
      help: 'Times that publishing stopped and started anew',
      registers,
    }),
    pending: new Gauge({
      name: 'consumer_pending_events',
      help: 'Events waiting on the stream',
      registers,
      labelNames,
    }),
    handled: new Counter({
      name: 'consumer_handled_total',
      help: 'Events whose effect was committed',
      registers,
      labelNames,
    }),
    duplicates: new Counter({
      name: 'consumer_duplicates_total',
      help: 'Deliveries the inbox had seen',
      registers,
      labelNames,
    }),
    failures: new Counter({ name: 'consumer_failures_total', help: 'Attempts that failed', registers, labelNames }),
    deadLetters: new Counter({ name: 'dead_letters_total', help: 'Messages set aside', registers, labelNames }),
    jobSucceeded: new Gauge({
      name: 'background_job_success_timestamp_seconds',
      help: 'When the process last did a background job to its end; its start, if it has not yet',
      registers,
      labelNames: ['name'] as const,
    }),
    jobFailed: new Counter({
      name: 'background_job_failures_total',
      help: 'Runs of a background job that failed; the next one is due as usual',
      registers,
      labelNames: ['name'] as const,
    }),
    delay: new Histogram({
      name: 'consumer_event_delay_seconds',
      help: 'From the event to its committed effect',
      registers,
      labelNames,
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 600],
    }),
  }
}
