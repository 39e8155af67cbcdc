import { Counter, Gauge, type Registry } from '@dealwire/telemetry'

type Depth = { readonly name: string; readonly queuedCount: number; readonly activeCount: number }

/** Counts what becomes of jobs, and reads how many wait when the metrics are asked for. */
export function jobMetrics(registry: Registry, readDepths: () => Promise<readonly Depth[]>) {
  const registers = [registry]
  const labelNames = ['queue'] as const
  const finished = new Counter({ name: 'jobs_finished_total', help: 'Jobs that succeeded', registers, labelNames })
  const failures = new Counter({
    name: 'job_failures_total',
    help: 'Attempts that failed, and jobs that were given up',
    registers,
    labelNames: ['queue', 'final'],
  })
  new Gauge({
    name: 'jobs_waiting',
    help: 'Jobs that wait for a worker, as of some seconds ago',
    registers,
    labelNames,
    async collect() {
      // Away with the database: the figures of before stay, and whatever else is measured is answered.
      const depths = await readDepths().catch(() => [])
      for (const { name, queuedCount } of depths) this.set({ queue: name }, queuedCount)
    },
  })
  return {
    finished: (queue: string) => finished.inc({ queue }),
    failed: (queue: string) => failures.inc({ queue, final: 'false' }),
    dead: (queue: string) => failures.inc({ queue, final: 'true' }),
  }
}
