import { foldCall } from '../../../../apps/telephony-ingest/src/calls/fold-call.ts'
import { longCalls } from '../../../../apps/telephony-ingest/test/long-calls.ts'
import { sequences } from '../../../../apps/telephony-ingest/test/sequences.ts'
import type { TrialResult } from './trial.ts'

const LEAST_EVENTS_PER_SECOND = 3_000
const MOST_CPU_MS = 50
const ROUNDS = 2_000
const LONG_CALL_PAIRS = 2_499

/** Calls of every shape, folded again with each of their events, as they are when every event arrives alone. */
export async function foldManyCalls(): Promise<TrialResult> {
  const calls = Object.values(sequences)
  const prefixes = calls.flatMap((events) => events.map((_event, index) => events.slice(0, index + 1)))
  const cpuMs = cpuOf(() => prefixes.map(foldCall), ROUNDS)
  const perSecond = (prefixes.length * ROUNDS * 1_000) / cpuMs
  const verdict = `≥ ${LEAST_EVENTS_PER_SECOND} events/s of one core: ${perSecond >= LEAST_EVENTS_PER_SECOND ? 'yes' : 'NO'}`
  return result(prefixes.length * ROUNDS, cpuMs, verdict)
}

/** The dearest of the shapes that leave much open at a time. */
export async function foldLongCalls(): Promise<TrialResult> {
  const shapes = Object.values(longCalls).map((callOf) => callOf(LONG_CALL_PAIRS))
  const costs = shapes.map((events) => cpuOf(() => foldCall(events), 10) / 10)
  const worst = Math.max(...costs)
  const verdict = `≤ ${MOST_CPU_MS} ms CPU in the dearest of ${shapes.length} shapes: ${worst.toFixed(1)} ${worst <= MOST_CPU_MS ? 'yes' : 'NO'}`
  const total = costs.reduce((sum, ms) => sum + ms, 0)
  return result(shapes.length, total, verdict)
}

function cpuOf(work: () => unknown, rounds: number): number {
  for (let round = 0; round < Math.ceil(rounds / 5); round++) work()
  const before = process.cpuUsage()
  for (let round = 0; round < rounds; round++) work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** As a row of the table, whose requests are folds. */
function result(requests: number, cpuMs: number, verdict: string): TrialResult {
  const perSecond = (requests * 1_000) / cpuMs
  const each = cpuMs / requests
  const measured = { requests, perSecond, p50: each, p95: each, p99: each, errors: 0, firstError: null }
  return { system: { result: measured, cpu: { fold: cpuMs } }, verdict }
}
