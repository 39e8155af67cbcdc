import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares in a time that tells neither the content nor the length. */
export function equalSecrets(given: string | Uint8Array, expected: string | Uint8Array): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(value: string | Uint8Array): Uint8Array {
  return createHash('sha256').update(value).digest()
}
