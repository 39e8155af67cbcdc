import { createHmac } from 'node:crypto'
import { equalSecrets } from '../equal-secrets.ts'
import { refused, type Verification, verified } from '../provider.ts'

export const TOLERANCE_SECONDS = 300

export function hmac(
  algorithm: 'sha1' | 'sha256',
  key: string,
  content: string | Uint8Array,
  encoding: 'base64' | 'hex' | 'base64url',
): string {
  return createHmac(algorithm, key).update(content).digest(encoding)
}

/** A sender that rotates its key signs twice; more than a handful is an attempt to make us compute. */
const MAX_SIGNATURES = 10

/** Every pair is compared, so that the time taken does not tell which came close. */
export function matchAny(given: readonly string[], expected: readonly string[]): Verification {
  const matches = given.slice(0, MAX_SIGNATURES).flatMap((value) => expected.map((other) => equalSecrets(value, other)))
  return matches.includes(true) ? verified : refused('wrong_credentials')
}

export function isFresh(seconds: number, nowMs: number): boolean {
  return Math.abs(nowMs / 1_000 - seconds) <= TOLERANCE_SECONDS
}
