import { appendFile } from 'node:fs/promises'
import type { Counters } from './counters.ts'
import { log, reasonOf } from './log.ts'
import type { Spool, SpoolItem } from './spool.ts'
import { backoffMs, wait } from './wait.ts'

export type SenderOptions = {
  readonly url: string
  readonly connectionId: string
  readonly secret: string
  readonly deadLetterPath: string
  readonly idleMs?: number
  /** Ends when there is nothing left to send, instead of waiting for more. */
  readonly untilEmpty?: boolean
}

const MAX_ITEMS = 500
/** The gateway takes 256 KiB. */
const MAX_BYTES = 240 * 1024
const TIMEOUT_MS = 20_000
const IDLE_MS = 200
const LONGEST_RETRY_AFTER_MS = 300_000

/** `again`: nothing is wrong with the items. `refused`: one of them is, or there are too many. */
type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'again'; readonly ms: number | null; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Posts what is spooled, in order and one batch at a time, until the gateway has taken it: at least once. What it refuses for good
 * is written to the dead-letter file, a line each, which `import` reads.
 */
export async function sendSpool(
  options: SenderOptions,
  spool: Spool,
  counters: Counters,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; ) {
    const batch = await spool.take(MAX_ITEMS, MAX_BYTES)
    counters.spoolBytes = spool.bytes()
    const again = await deliver(options, batch.items, counters, signal)
    if (again !== null) {
      await standBack(again, attempt++, counters, signal)
      continue
    }
    attempt = 0
    await spool.release(batch)
    if (batch.items.length > 0) continue
    if (options.untilEmpty === true) return
    await wait(options.idleMs ?? IDLE_MS, signal)
  }
}

type Again = Extract<Outcome, { kind: 'again' }>

async function standBack(again: Again, attempt: number, counters: Counters, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  counters.retries++
  log('warn', 'the gateway takes nothing; trying again', { reason: again.reason, attempt })
  await wait(again.ms ?? backoffMs(attempt), signal)
}

/** Null when all of it is dealt with; else why to try all of it again: what was taken already is a duplicate then. */
async function deliver(
  options: SenderOptions,
  items: readonly SpoolItem[],
  counters: Counters,
  signal: AbortSignal,
): Promise<Again | null> {
  if (items.length === 0) return null
  const outcome = await post(options, items, counters, signal)
  if (outcome.kind === 'again') return outcome
  if (outcome.kind === 'sent') return null
  if (items.length === 1) {
    await setAside(options, items, outcome.reason, counters)
    return null
  }
  const half = Math.ceil(items.length / 2)
  return (
    (await deliver(options, items.slice(0, half), counters, signal)) ??
    (await deliver(options, items.slice(half), counters, signal))
  )
}

async function post(
  { url, connectionId, secret }: SenderOptions,
  items: readonly SpoolItem[],
  counters: Counters,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${connectionId}:${secret}`).toString('base64')}`,
      },
      body: JSON.stringify({ events: items }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    const text = await response.text()
    if (!response.ok) return refusal(response, text)
    count(text, items.length, counters)
    return { kind: 'sent' }
  } catch (error) {
    return { kind: 'again', ms: null, reason: reasonOf(error) }
  }
}

/** A wrong secret or address is the operator's to mend, not the events' fault: they wait. */
const operatorsFault = new Set([401, 403, 404, 405])

function refusal(response: Response, text: string): Outcome {
  const { status } = response
  const reason = `${status} ${text.slice(0, 200)}`
  if (operatorsFault.has(status)) {
    log('error', 'the gateway does not know these credentials; check the address and the secret', { status })
    return { kind: 'again', ms: null, reason }
  }
  const isForGood = status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429
  return isForGood ? { kind: 'refused', reason } : { kind: 'again', ms: retryAfterMs(response), reason }
}

function retryAfterMs(response: Response): number | null {
  const header = response.headers.get('retry-after')
  if (header === null) return null
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 100), LONGEST_RETRY_AFTER_MS) : null
}

function count(text: string, items: number, counters: Counters): void {
  counters.sent += items
  counters.lastSentAt = new Date().toISOString()
  try {
    const answer = JSON.parse(text) as { accepted?: number; duplicates?: number; rejected?: unknown[] }
    counters.accepted += answer.accepted ?? 0
    counters.duplicates += answer.duplicates ?? 0
    counters.rejected += answer.rejected?.length ?? 0
  } catch {
    log('warn', 'the answer is not JSON: is the address that of the gateway?', { answer: text.slice(0, 200) })
  }
}

async function setAside(
  { deadLetterPath }: SenderOptions,
  items: readonly SpoolItem[],
  reason: string,
  counters: Counters,
) {
  counters.deadLetters += items.length
  log('error', 'an item is refused for good; kept in the dead-letter file', { reason, deadLetterPath })
  const lines = items.map((item) => `${typeof item === 'string' ? item : JSON.stringify(item)}\n`)
  await appendFile(deadLetterPath, lines.join(''), { flush: true })
}
