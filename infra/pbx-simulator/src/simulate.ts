import type { Client } from '@dealwire/sdk'
import { type Checked, checkCalls } from './check.ts'
import { createRandom } from './random.ts'
import { type Sent, sendAll } from './send.ts'
import { planTraffic, type TrafficOptions } from './traffic.ts'
import type { Voice } from './voices/voice.ts'

export type Report = {
  readonly provider: string
  readonly calls: number
  readonly sent: Sent
  /** As the connection counts them. */
  readonly accepted: number
  readonly duplicates: number
  readonly checked: Checked
}

/** Makes a connection of its own, sends the traffic of a PBX to it, and checks what has become of its calls. */
export async function simulate(
  client: Client,
  voice: Voice,
  options: TrafficOptions & { readonly seed: number },
): Promise<Report> {
  const { provider } = voice
  const made = await client.telephony.connections.create({
    name: `Simulated ${provider}`,
    provider: provider as 'generic',
    settings: { timeZone: 'UTC', defaultRegion: 'GE' },
    ...(voice.secret === undefined ? {} : { secret: voice.secret }),
  })
  const connection = { id: made.id, webhookUrl: made.webhookUrl, secret: made.secret ?? '' }
  const { calls, deliveries } = planTraffic(createRandom(options.seed), voice, connection, options, Date.now())
  const sent = await sendAll(voice, connection, deliveries)
  const checked = await checkCalls(client, voice, connection, calls)
  const { eventsCount, duplicatesCount } = await client.telephony.connections.get(connection.id)
  return { provider, calls: calls.length, sent, accepted: eventsCount, duplicates: duplicatesCount, checked }
}

export function isRight({ sent, checked }: Report): boolean {
  return sent.failures.length === 0 && checked.problems.length === 0
}

export function describe({ provider, calls, sent, accepted, duplicates, checked }: Report): string {
  const { p50, p95, p99, max } = sent.latency
  const rate = Math.round(sent.requests / Math.max(sent.seconds, 0.001))
  return [
    `${provider}: ${calls} calls, ${sent.requests} requests in ${sent.seconds.toFixed(1)} s (${rate}/s), ${sent.retries} sent again`,
    `  accepted ${accepted} events, ${duplicates} duplicates; latency ms p50 ${p50} · p95 ${p95} · p99 ${p99} · max ${max}`,
    `  right: ${checked.right} of ${calls} calls`,
    ...[...sent.failures, ...checked.problems].slice(0, 20).map((problem) => `  WRONG: ${problem}`),
  ].join('\n')
}
