import { setTimeout as sleep } from 'node:timers/promises'

const LONGEST_MS = 1_000
const STEP_MS = 25

/**
 * Waits for what another service's event will tell of, at most a second; whether it is known then is for the command to decide.
 * Before the transaction, which must not wait.
 */
export async function awaitReference(isKnown: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + LONGEST_MS
  while (!(await isKnown()) && performance.now() < endsAt) await sleep(STEP_MS)
}
