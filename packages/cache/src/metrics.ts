import { Counter, Gauge, type Registry } from '@dealwire/telemetry'

export type CacheResult = 'fresh' | 'stale' | 'missing' | 'joined' | 'local'

export function cacheMetrics(registry: Registry, isUp: () => boolean) {
  const registers = [registry]
  const up: Gauge = new Gauge({
    name: 'cache_redis_up',
    help: '1 while Redis answers',
    registers,
    collect: () => up.set(isUp() ? 1 : 0),
  })
  const answers = new Counter({
    name: 'cache_answers_total',
    help: 'Where answers came from',
    registers,
    labelNames: ['namespace', 'result'],
  })
  const computeFailures = new Counter({
    name: 'cache_refresh_failures_total',
    help: 'Refreshes in the background that failed',
    registers,
  })
  return {
    answered: (namespace: string, result: CacheResult) => answers.inc({ namespace, result }),
    refreshFailed: () => computeFailures.inc(),
  }
}
