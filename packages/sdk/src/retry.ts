import type { Call } from './call.ts'
import { ApiProblem, NoAnswer } from './problem.ts'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5_000

/** Refused before anything was done, so that repeating it cannot do it twice. */
const UNTOUCHED = new Set([429, 503])
/** The service may have done it, and the answer was lost on the way. */
const UNKNOWN = new Set([408, 502, 504])

/** Whether the same request may be sent again after this failure without a second effect. */
export function isRepeatable(call: Call, key: string | undefined, error: unknown): boolean {
  if (error instanceof NoAnswer) return hasOneEffect(call, key)
  if (!(error instanceof ApiProblem)) return false
  if (UNTOUCHED.has(error.status) || error.code === 'idempotency_in_progress') return true
  return UNKNOWN.has(error.status) && hasOneEffect(call, key)
}

/** A change that names its version, or a deletion, would be refused the second time although it was the first that did it. */
function hasOneEffect({ method, options }: Call, key: string | undefined): boolean {
  if (method === 'GET' || key !== undefined) return true
  return (method === 'PATCH' || method === 'PUT') && options.ifMatch === undefined
}

/** What the server asks for, else twice as long each time, by chance up to a half less so that clients do not come back together. */
export function waitMs(attempt: number, error: unknown, random: () => number): number {
  const asked = error instanceof ApiProblem ? error.retryAfterSeconds : undefined
  if (asked !== undefined) return asked * 1000
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (1 - random() / 2)
}
