import type { Call } from './history-of-calls.ts'
import { average, divided, milliseconds, percentile } from './oracle.ts'

const sum = (seconds: readonly number[]) => seconds.reduce((total, value) => total + milliseconds(value), 0)

/** By agent; nobody has a name in these histories, so the order is that of the ids. */
export function agentFigures(calls: readonly Call[], agentId?: string) {
  const agents = new Set(calls.flatMap((call) => call.segments.map((segment) => segment.agentId)))
  return [...agents]
    .filter((agent) => agentId === undefined || agent === agentId)
    .sort()
    .map((agent) => {
      const shares = calls.map((call) => call.segments.filter((segment) => segment.agentId === agent))
      const of = (kind: string) => shares.flat().filter((segment) => segment.kind === kind)
      const secondsOf = (kind: string) => sum(of(kind).map((segment) => segment.seconds))
      const answered = shares.filter((share) => share.some((segment) => segment.kind === 'talk')).length
      const unrung = shares.filter((share) => {
        const isAnswered = share.some((segment) => segment.kind === 'talk')
        return isAnswered && !share.some((segment) => segment.outcome === 'answered')
      }).length
      const handled = secondsOf('talk') + secondsOf('hold') + secondsOf('wrapup')
      return {
        agentId: agent,
        name: null,
        offered: of('ring').length + unrung,
        answered,
        ringNoAnswer: of('ring').filter((segment) => segment.outcome === 'no_answer').length,
        talkSeconds: secondsOf('talk') / 1_000,
        holdSeconds: secondsOf('hold') / 1_000,
        wrapUpSeconds: secondsOf('wrapup') / 1_000,
        ahtSeconds: answered === 0 ? null : divided(handled, answered) / 1_000,
      }
    })
}

export function queueFigures(calls: readonly Call[], thresholdSeconds: Readonly<Record<string, number>>) {
  const visits = calls.flatMap((call) => call.visits)
  return [...new Set(visits.map((visit) => visit.queue))].sort().map((queue) => {
    const own = visits.filter((visit) => visit.queue === queue)
    const waits = (outcome: string) =>
      own.filter((visit) => visit.outcome === outcome).map((visit) => visit.waitSeconds)
    const [answered, abandoned] = [waits('answered'), waits('abandoned')]
    const threshold = thresholdSeconds[queue] ?? 20
    const offered = answered.length + abandoned.filter((wait) => wait >= 5).length
    const inTime = answered.filter((wait) => wait <= threshold).length
    const all = [...answered, ...abandoned]
    return {
      queue,
      entered: own.length,
      answered: answered.length,
      abandoned: abandoned.length,
      serviceLevel: {
        percent: offered === 0 ? null : divided(inTime * 10_000, offered) / 100,
        thresholdSeconds: threshold,
        formula: 'answered_in_threshold / (answered + abandoned - short_abandoned)',
      },
      asaSeconds: average(answered),
      wait: { p50: percentile(all, 50), p90: percentile(all, 90), p95: percentile(all, 95) },
    }
  })
}
