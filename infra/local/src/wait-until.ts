import { setTimeout as sleep } from 'node:timers/promises'

/** Asks every `everyMs` until the answer is true; false when the deadline passes first. A failing probe counts as "not yet". */
export async function waitUntil(
  probe: () => Promise<boolean>,
  { timeoutMs, everyMs = 25 }: { timeoutMs: number; everyMs?: number },
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs
  while (performance.now() < deadline) {
    if (await probe().catch(() => false)) return true
    await sleep(everyMs)
  }
  return false
}
