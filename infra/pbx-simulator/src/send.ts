import { setTimeout as sleep } from 'node:timers/promises'
import type { Delivery } from './traffic.ts'
import type { Connection, Message, Voice } from './voices/voice.ts'

export type Sent = {
  readonly requests: number
  readonly retries: number
  readonly failures: readonly string[]
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number }
  readonly seconds: number
}

/** A PBX waits for nobody, but it has only so many lines to the network. */
const MAX_IN_FLIGHT = 256
const MAX_ATTEMPTS = 8
const TIMEOUT_MS = 15_000

/** Sends everything when it is due; what is refused for now (429, 5xx, no answer) is sent again, as PBXs do. */
export async function sendAll(voice: Voice, connection: Connection, deliveries: readonly Delivery[]): Promise<Sent> {
  const startedAt = performance.now()
  const latencies: number[] = []
  const failures: string[] = []
  const inFlight = new Set<Promise<void>>()
  let retries = 0
  for (const { dueMs, message } of deliveries) {
    const early = dueMs - (performance.now() - startedAt)
    if (early > 1) await sleep(early)
    while (inFlight.size >= MAX_IN_FLIGHT) await Promise.race(inFlight)
    const sending = sendOne(voice, connection, message).then((result) => {
      retries += result.attempts - 1
      if (result.failure === null) latencies.push(result.ms)
      else failures.push(result.failure)
      inFlight.delete(sending)
    })
    inFlight.add(sending)
  }
  await Promise.all(inFlight)
  const seconds = (performance.now() - startedAt) / 1_000
  return { requests: deliveries.length, retries, failures, latency: percentiles(latencies), seconds }
}

type Result = { readonly attempts: number; readonly ms: number; readonly failure: string | null }

async function sendOne(voice: Voice, connection: Connection, message: Message): Promise<Result> {
  let failure = ''
  for (let attempts = 1; attempts <= MAX_ATTEMPTS; attempts++) {
    const startedAt = performance.now()
    const answer = await post(voice, connection, message)
    if (answer.isTaken) return { attempts, ms: performance.now() - startedAt, failure: null }
    failure = answer.reason
    if (!answer.isWorthRepeating) return { attempts, ms: 0, failure }
    await sleep(100 * 2 ** attempts)
  }
  return { attempts: MAX_ATTEMPTS, ms: 0, failure }
}

async function post(voice: Voice, connection: Connection, message: Message) {
  try {
    const response = await fetch(connection.webhookUrl, {
      method: 'POST',
      headers: { 'content-type': message.contentType, ...voice.headers(message, connection, Date.now()) },
      body: message.body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    const { status, ok } = response
    // A provider's own words say nothing of what was not understood; ours do.
    const isKept = ok && /"rejected":\[\{/.test(text)
    const reason = `${status} ${text.slice(0, 200)}`
    return { isTaken: ok && !isKept, isWorthRepeating: status === 429 || status >= 500, reason }
  } catch (error) {
    return { isTaken: false, isWorthRepeating: true, reason: error instanceof Error ? error.message : String(error) }
  }
}

function percentiles(latencies: readonly number[]): Sent['latency'] {
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round((sorted[Math.ceil(sorted.length * share) - 1] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}
